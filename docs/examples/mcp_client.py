"""The same functions as tools of the Model Context Protocol: python docs/examples/mcp_client.py [ADDRESS]"""

import asyncio
import sys

from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:7860/gradio_api/mcp/"


async def main() -> None:
    async with streamable_http_client(address) as (read, write, _), ClientSession(read, write) as session:
        await session.initialize()
        for tool in (await session.list_tools()).tools:
            print(tool.name, "|", ", ".join(tool.inputSchema["properties"]))

        result = await session.call_tool("ask", {"question": "第八次会议何时开幕？"})
        answer = result.structuredContent
        if result.isError or answer is None:
            sys.exit(result.content[0].text)
        for sentence in answer["sentences"]:
            print(sentence["text"], [answer["citations"][n - 1]["label"] for n in sentence["citations"]])


asyncio.run(main())
