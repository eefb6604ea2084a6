"""Words of questions that say nothing of what is asked about; English ones as stems."""

from __future__ import annotations

import re

ASKING = frozenset(
    "什么 哪 哪些 哪个 哪里 谁 几 多少 何时 何地 怎么 怎样 如何 为什么 吗 呢 的 了 在 是 有 和 与 及 对 就 于 由 被 把"
    " 从 到 中 上 下 里 内 个 这 那 请问 说 提到 关于 方面 哪段 一段 哪一段 是否 有没有 以及 其 为 多 年 月 日 支 次"
    " 第 段 要求 内容 规定 根据 具体 情况 进行 将 会 都 也"
    " what which who whom whose when where why how mani much do doe did is are was were be been the a an of in on at"
    " to for by with from about and or it that this there ani ha have had say said ask mention under as into their they"
    " than then tell me can could would should will shall you we i us our pleas give whether per".split()
)

# Closed classes of both languages, which the documents need not hold: pronouns, particles, auxiliaries, conjunctions
# and prepositions, and verbs of saying, knowing and wanting, as people put questions with them. Search and the models
# of abstention do no better without them (docs/evaluation.md), but nobody is told that no paragraph mentions "why".
_FUNCTION = frozenset(
    "我 我们 我国 你 你们 您 他 他们 她 她们 它 它们 咱们 自己 大家 吧 啊 呀 嘛 么 着 过 地 得 之 所 而 且 但 但是"
    " 不过 如果 因为 所以 虽然 既然 还 还是 或者 又 再 才 却 则 便 只 很 太 更 最 非常 已 已经 曾 曾经 正在 刚 跟 同"
    " 给 让 使 以 向 往 按 按照 来 去 能 能否 可以 可否 想 要 想要 知道 了解 记得 听说 好像 觉得 认为 看 看看 讲"
    " 讲到 提 说到 谈 谈到 写 写道 叫 叫做 称 所说 所谓 到底 究竟 其实 实际上 大概 大约 一下 一些 些 时候 时 有何"
    " 为何 何 有无 有个 是不是 能不能 可不可以 总共 一共 后来 当时 现在 然后 不是 没 whi my mine your his her him"
    " she he them its these those am being done ha so if but nor yet becam becaus while though although after befor"
    " between among within without until sinc dure upon also too veri just onli even still ever exact actual realli"
    " now again here out up off down one each such some anyon anybodi anyth anywher someon somebodi someth somewher"
    " everyon everybodi everyth everywher noth thing like get got want know see look find talk told speak spoke"
    " spoken wrote write written call let put go went come came all both more most other same no not".split()
)
# 哪天, 那次, 几份, 这几个, 哪一年: what is asked for or pointed at, with the word by which it is counted.
_POINTING = re.compile(
    "[哪那这每某几][一两几]?(?:些|个|份|次|天|年|月|日|号|种|条|位|场|国|段|套|边|儿|里|样|时|项|名|件|支|届|点|章|类|句|部分|时候|方面)?"
)


def says_nothing(word: str) -> bool:
    """Whether a word of a question says nothing of what it is about, so that no document need hold it."""
    return word in ASKING or word in _FUNCTION or _POINTING.fullmatch(word) is not None
