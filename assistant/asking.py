"""Words of questions that say nothing of what is asked about; English ones as stems."""

ASKING = frozenset(
    "什么 哪 哪些 哪个 哪里 谁 几 多少 何时 何地 怎么 怎样 如何 为什么 吗 呢 的 了 在 是 有 和 与 及 对 就 于 由 被 把"
    " 从 到 中 上 下 里 内 个 这 那 请问 说 提到 关于 方面 哪段 一段 哪一段 是否 有没有 以及 其 为 多 年 月 日 支 次"
    " 第 段 要求 内容 规定 根据 具体 情况 进行 将 会 都 也"
    " what which who whom whose when where why how mani much do doe did is are was were be been the a an of in on at"
    " to for by with from about and or it that this there ani ha have had say said ask mention under as into their they"
    " than then tell me can could would should will shall you we i us our pleas give whether per".split()
)
