"""What stands around a question without being part of it: greetings, requests to be told, thanks."""

from __future__ import annotations

import re

_GAP = r"[\s,，.。!！?？:：;；、~～-]*"
_ASK_ZH = (
    r"(?:你|您|大家|各位|诸位|早上|上午|中午|下午|晚上)(?:们)?好(?=[\s,，.。!！?？:：;；、~～]|麻烦|打扰|请|我想|想)"
    r"|不好意思|抱歉|打扰(?:一下|了|您了|你了|您一下)?(?=[\s,，.。!！?？:：;；、~～]|请|我想|想)"
    r"|(?:我们?|本人)?(?:想|要|可以|可否|能否|能不能)?(?:再)?(?:麻烦|劳驾|烦请|有劳)?(?:您|你|各位)?"
    r"(?:请问|请教|问)(?:一下|一问|下|您|你|各位)+"
    r"|(?:我们?)?想?请问|麻烦(?:请)?问|(?:我们?)?想(?:请教|问问|知道|了解一下)"
    r"|(?:麻烦|劳驾|烦请|有劳|请|能否|能不能|可否|可不可以|可以|能)?(?:请|麻烦)?(?:您|你)?(?:帮我|帮忙|给我)?"
    r"(?:(?:查|看|找)(?:一下|查|看)(?=[\s,，:：])|告诉(?:我们|我|一下)+)"
    r"|劳驾(?=[\s,，.。!！:：])"
)
_THANKS_ZH = (
    r"(?:非常|十分|万分|多多|先|多)?(?:感谢|谢谢|多谢|谢)(?:了|啦|您|你|大家|各位|您了|你了|帮助|解答|回答|指教|您的(?:帮助|解答|回答))*"
    r"|麻烦(?:您|你)?(?:了|啦)|辛苦(?:您|你)?(?:了|啦)|拜托(?:您|你)?(?:了|啦)?|有劳(?:了|您|您了)?|急|在线等"
)
_CAN_YOU = r"(?:could|can|would|will)\s+you"
_TELL = r"(?:tell|inform|let)\s+(?:me|us)(?:\s+know)?"
_ASK_EN = (
    r"(?:hi|hello|hey|greetings|good\s+(?:morning|afternoon|evening|day))(?:\s+(?:there|all|everyone|everybody|team))?(?=[,.!;:-])"
    r"|dear\s+(?:all|colleagues?|friends?|sirs?|madam|sir\s+or\s+madam|secretariat|assistant|rapporteur)(?=[,.!;:-])"
    r"|excuse\s+me|(?:i'm\s+|i\s+am\s+)?sorry\s+to\s+(?:bother|trouble|disturb)\s+you(?:,?\s+but)?"
    r"|(?:just\s+)?(?:a\s+)?quick\s+question(?=[,.!;:-])"
    rf"|{_CAN_YOU}\s+(?:please\s+|kindly\s+|possibly\s+)*(?:{_TELL}\b|(?=(?:give|show|list|name|explain|find)\b))"
    r"|(?:please|kindly)(?=[\s,])"
    rf"|(?:please\s+|kindly\s+){_TELL}\b|tell\s+(?:me|us)\b(?!\s+about)"
    r"|(?:may|might|can|could)\s+i\s+(?:please\s+)?ask(?:\s+you)?"
    r"|(?:i|we)(?:\s+would|'d)\s+(?:like|love)\s+to\s+(?:know|ask|find\s+out)"
    r"|(?:i|we)\s+(?:want|need|wish)\s+to\s+know"
    rf"|(?:i|we)\s+(?:wonder|was\s+wondering|were\s+wondering)(?:\s+if\s+you\s+c(?:ould|an)\s+(?:please\s+)?{_TELL})?"
)
_THANKS_EN = (
    r"(?:many\s+|and\s+)?thanks?(?:\s+you)?(?:\s+(?:a\s+lot|a\s+million|so\s+much|very\s+much|in\s+advance|again|indeed"
    r"|for\s+(?:your|the|any)\s+(?:kind\s+)?(?:help|assistance|time|answer)))*"
    r"|(?:much|greatly)\s+appreciated|cheers|(?:best|kind|warm)?\s*regards|if\s+you\s+please"
)
_FRONT = re.compile(rf"^{_GAP}(?:{_ASK_ZH}|(?:{_ASK_EN})(?![A-Za-z])){_GAP}", re.I)
# Thanks stand behind a mark, or nothing tells them from thanks that the question asks about (向谁表示感谢).
_BACK = re.compile(
    rf"(?:(?<=[\s,，.。!！?？:：;；、~～-])(?:{_THANKS_ZH}|{_THANKS_EN})|(?<![说道示句声])谢谢[您你了啦]*|(?<=[\s,])please){_GAP}$",
    re.I,
)
_SAYS = re.compile(r"[^\W_]")


def without_padding(text: str) -> str:
    """A question without greeting, request to be told and thanks at its ends, over again until none is left.

    What is nothing but padding comes back as it is.
    """
    bare = text
    while True:
        shorter = _BACK.sub("", _FRONT.sub("", bare, count=1), count=1)
        if shorter == bare:
            return bare
        if not _SAYS.search(shorter):
            return bare
        bare = shorter
