"""Chinese in traditional characters becomes simplified Chinese in the words of the United Nations."""

from __future__ import annotations

import re
from functools import cache

from opencc import OpenCC

# What Taiwan and Hong Kong call otherwise, in simplified characters: their word, then that of the documents. OpenCC's
# own list is of the words of software: by it a background paper (背景文件) is a 背景文档 and a procedure a 进程.
_REGIONAL = dict(
    pair.split("=")
    for pair in (
        "枪枝=枪支 枪械=枪支 枪炮=枪支 资讯=信息 资料库=数据库 档案=文件 移转=转让 视讯=视频 列印=打印"
        " 印表机=打印机 网路=网络 零组件=零部件 元件=组件 技术移转=技术转让 公约缔约国大会=缔约方会议"
        " 缔约国大会=缔约方会议 秘书长处=秘书处 布署=部署 纪录=记录 协定书=议定书 附加议定书=补充议定书"
        " 毒品暨犯罪=毒品和犯罪 毒品与犯罪=毒品和犯罪 性别落差=性别差距 人口贩运=贩运人口 讲习会=讲习班"
        " 研习班=讲习班 义大利=意大利 奈及利亚=尼日利亚 迦纳=加纳 哥斯大黎加=哥斯达黎加 狮子山=塞拉利昂"
        " 象牙海岸=科特迪瓦 宏都拉斯=洪都拉斯 瓜地马拉=危地马拉 肯亚=肯尼亚 衣索比亚=埃塞俄比亚 坦尚尼亚=坦桑尼亚"
        " 尚比亚=赞比亚 辛巴威=津巴布韦 莫三比克=莫桑比克 千里达=特立尼达 纽西兰=新西兰"
        " 巴布亚纽几内亚=巴布亚新几内亚 寮国=老挝 沙乌地阿拉伯=沙特阿拉伯 大公国=酋长国 叶门=也门 卡达=卡塔尔"
        " 突尼西亚=突尼斯 茅利塔尼亚=毛里塔尼亚 布吉纳法索=布基纳法索 贝南=贝宁 查德=乍得 甘比亚=冈比亚"
        " 赖比瑞亚=利比里亚 几内亚比索=几内亚比绍 卢安达=卢旺达 索马利亚=索马里 塞普勒斯=塞浦路斯"
        " 克罗埃西亚=克罗地亚 斯洛维尼亚=斯洛文尼亚 亚塞拜然=阿塞拜疆 波札那=博茨瓦纳 马拉威=马拉维 蒲隆地=布隆迪"
    ).split()
)
_REGIONAL_WORD = re.compile(
    "|".join(sorted(map(re.escape, _REGIONAL), key=len, reverse=True)) + "|尼日(?![利尔])|厄瓜多(?!尔)"
)
_SHORTENED = {"尼日": "尼日尔", "厄瓜多": "厄瓜多尔"}


def simplified(text: str) -> str:
    """A text in simplified characters; one that is in them already comes back as it is.

    Phrases decide where a traditional character has several simplified ones. Regional words are read as those of the
    documents only in a text with traditional characters.
    """
    plain = _converter().convert(text)
    if plain == text:
        return text
    return _REGIONAL_WORD.sub(lambda match: _REGIONAL.get(match[0]) or _SHORTENED[match[0]], plain)


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")
