"""The words by which texts deny, deny twice, or say in other words that something is not so."""

from __future__ import annotations

import re
from typing import Final

from corpus.records import Language

# "not only" denies nothing, nor does "no later than"; to be without is to have not.
MARKS: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(
        r"\b(?:no longer|not|no(?! later| less| more| fewer)|never|none|nor|neither|without|cannot|unable|hardly"
        r"|fail(?:s|ed|ing|ure)?|lack(?:s|ed|ing)?|refus(?:e|es|ed|al)|declin(?:e|es|ed|ing)|reject(?:s|ed)?"
        r"|decid\w+ against|absence of|discourag(?:e|es|ed|ing)|outside|yet to|non-part(?:y|ies)|rather than|instead of"
        r"|ignor(?:e|es|ed|ing)"
        r"|neglect(?:s|ed|ing)?|refrain(?:s|ed|ing)? from|(?:leav(?:e|es|ing)|left) out"
        r"|prevent\w*(?= [^,;.]{3,50} from \w+ing)"
        r"|barely|scarcely|rarely|seldom|impossible|silent (?:about|on))\b(?! only| limited)|n't\b",
        re.I,
    ),
    "zh": re.compile(
        r"没有|并非(?!只|仅)|尚未|未能|并未|不再|无法|无需|无须|未"
        r"|不(?!同|断|仅|限|但|论|少|久|管|法|过|良|妨(?!碍)|可或缺|可逆|止|只|单|光|利)"
        r"|无(?!论|疑|人机|形)|拒绝|否认|缺乏|缺少|忽视|忽略|非(?=缔约|签署|会员)"
    ),
}
# What is denied twice is said: "does not fail to mention", 并非没有提及.
TWICE: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(
        r"(?:\b(?:not|never|no|nor|cannot)|n't)\s(?:\w+\s){0,2}?(?:fail(?:s|ed|ing)?(?: to)?|without"
        r"|lack(?:s|ed|ing)?|omit(?:s|ted)?"
        r"|ignor(?:e|es|ed)|neglect(?:s|ed)?|silent (?:about|on)|(?:leave|left) out|exclude[ds]?"
        r"|prevent\w*|un(?:able|aware|willing))\b"
        r"|\bno \w+ should (?:be left |go |remain )?(?:without|un)",
        re.I,
    ),
    "zh": re.compile(
        r"(?:并非|不是|并不是|不会|不应|不能|不得|不可|没有)(?:让任何)?[\u3400-\u9fff]{0,4}?(?:没有|未能|尚未|未|无法|缺乏|缺少|忽视|忽略|不)"
        r"|不无|无不|不得不"
    ),
}
# What is otherwise, apart or alone is not so, not together or not with others: it bears out a denial.
SENSE: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(
        r"\bisolat\w+|\bseparate\w*|\bother than\b|\bexcept\b|\bunless\b|\bsubject to\b|\bonly\b|\bsolely\b"
        r"|\bdifficult\b",
        re.I,
    ),
    "zh": re.compile(r"孤立|分开|单独|以外|除.{1,12}外|非(?=销毁)|只是|只有|仅|很难|难以|不足"),
}
NOT_ONLY: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\bnot only\b|\bboth \w+ and\b", re.I),
    "zh": re.compile(r"不仅|不只|不但|不单"),
}
ONLY: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\bonly\b|\bsolely\b|\bmerely\b", re.I),
    "zh": re.compile(r"只是|只有|只能|仅(?!仅?限)"),
}
# What is said to be so by now.
ALREADY: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\balready\b", re.I),
    "zh": re.compile(r"已经|(?<!而)已(?=[^知])"),
}
# That something is not so yet, beside that it is not.
NOT_YET: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(
        r"\bnot yet\b|\bnot\b[^,;.]{0,24}\byet\b|\byet to\b|\b(?:has|have|had) not\b|\bstill outside\b", re.I
    ),
    "zh": re.compile(r"尚未|还未|还没有|仍未|未(?=[\u3400-\u9fff]{1,12}的)"),
}
# That it is asked that something not be done.
ASKED_NOT: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(
        r"\b(?:urg|encourag|ask|request|invit|call|recommend|advis)\w*\b[^,;.]{0,60}?\b(?:not to|to refrain|against)\b",
        re.I,
    ),
    "zh": re.compile(r"(?:敦促|促请|鼓励|呼吁|吁请|邀请|要求|请)[^，。；]{0,20}?(?:不(?![断仅限同])|勿|避免)"),
}
RATHER: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\bnot\b[^.;]{1,60}\bbut (?:rather|instead|as|in)\b", re.I),
    "zh": re.compile(r"(?:并非|不是|并不是|非)[^。；]{1,24}而是"),
}
# Who is prevented is unable.
PREVENTS: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\bprevent(?:s|ed|ing)?\b[^,;.]{3,50}\b(?:from|participat)", re.I),
    "zh": re.compile(r"致使|使得?.{0,12}(?:不|未|无)"),
}
# Words that deny within, which are enough to bear out a denial.
WITHIN: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\b(?:in|im|un|ir|non-?)[a-z]{3,}(?:able|ible|ably|ibly)\b"),
    "zh": re.compile(r"非|未|无|不|缺|难|拒|免"),
}
DIFFERS: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\bdiffer(?:s|ed)? from\b|\bdifferent from\b|\bdistinct from\b|\bdistinguish", re.I),
    "zh": re.compile(r"不同于|有别于|区别于"),
}
# What has not been done yet goes on.
UNFINISHED: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\bnot\b.*\b(?:yet|complet|final)|\byet to\b", re.I),
    "zh": re.compile(r"尚未|还未|还没有"),
}
GOES_ON: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\bunder ?way\b|\bongoing\b|\bin progress\b|\bcurrently\b", re.I),
    "zh": re.compile(r"正在|进行当中|目前"),
}
SAME: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"\bthe same as\b|\bequivalent to\b|\bequals?\b|\bidentical\b", re.I),
    "zh": re.compile(r"相同|等同|等于|一样|一回事|就是"),
}
# What stands beside the first of what is denied is denied as well.
BESIDE: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"^\W*[\w-]+(?: [\w-]+)? (?:or|nor|and) (?P<second>[\w-]+)"),
    "zh": re.compile(r"^[\u3400-\u9fff]{2,6}(?:或|和|、|及)(?P<second>[\u3400-\u9fff]{2,4})"),
}


# Words that deny or affirm together with others and say nothing of what.
EMPTY: Final = frozenset(
    "yet also been have has had be is are was were do did doe so full fulli such ani other line final finali whether"
    " some 进行 达成 形成 取得 作出 予以 加以 得到 已 已经 任何 其他 有 能 能够 会 将 所 了 的"
    " 在 对 为 是 使 以 于 和 及 或 而"
    " 并 到 该 其 应 仍 还 也 就 由 从".split()
)
