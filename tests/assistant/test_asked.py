"""The kind of answer that a question demands, and whether a text gives one that the question does not."""

from __future__ import annotations

import pytest

from assistant.asked import Asked, gives, kinds_asked, share_ungiven
from corpus.records import Language


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("会议花费了多少钱?", {"money"}),
        ("How much funding was provided?", {"money"}),
        ("How much did it cost and how many came?", {"money"}),
        ("过渡期是多少年?", {"span"}),
        ("How many years must records be kept?", {"span"}),
        ("How long is the transition?", {"span"}),
        ("2012年5月销毁了多少支枪支?", {"number"}),
        ("有几个国家发言?", {"number"}),
        ("南非提出了多少次追查请求?", {"number"}),
        ("各国作出了多少项承诺?", {"number"}),
        ("How many States took part?", {"number"}),
        ("第八次会议何时开幕?", {"date"}),
        ("When did it open?", {"date"}),
        ("It opened when?", set()),
        ("In which year was it signed, and when was it ratified?", {"date"}),
        ("哪几个国家提交了草案?", {"state"}),
        ("哪国代表提到资产?", {"state"}),
        ("Which countries sponsor the draft?", {"state"}),
        ("Which African countries sponsor the draft?", {"state"}),
        ("Which paragraph asks States to mark firearms?", set()),
        ("Which recommendations ask States to keep records?", set()),
        ("谁主持了会议?", {"person"}),
        ("会议由谁主持?", {"person"}),
        ("Who chaired the meeting?", {"person"}),
        ("What is the name of the Chair?", {"person"}),
        ("会议何时举行,由谁主持?", {"date", "person"}),
        ("百分之几的枪支?", {"share"}),
        ("What percentage of them came?", {"share"}),
        ("会议几点开始?", {"clock"}),
        ("具体日期是?", {"day"}),
        ("On which day did it open?", {"day"}),
        ("这部法律是第几号?", {"date"}),
        ("会议在哪里举行?", {"place"}),
        ("Where was it held?", {"place"}),
        ("In which city was it held?", {"place"}),
        ("是哪一条规定的?", {"article"}),
        ("Which article requires it?", {"article"}),
        ("把22个机构逐一列出", {"members"}),
        ("Name the five documents", {"members"}),
        ("谁当选主席?", {"person"}),
        ("Who is down to chair it?", {"person"}),
        ("刑期多久?", {"span"}),
        ("第10/2号决议的全文", {"wording"}),
        ("我国应支持哪一项?", {"beyond"}),
        ("Should we support it?", {"beyond"}),
        ("What is the latest news?", {"beyond"}),
        ("各国应如何标记枪支?", set()),
        ("What must be marked?", set()),
    ],
)
def test_what_is_demanded(question: str, kinds: set[str]) -> None:
    assert set(kinds_asked(question)) == kinds


@pytest.mark.parametrize(
    "question",
    [
        # A group of States and a body of governments are no States.
        "哪个国家组的代表发言?",
        "哪些政府间组织派观察员出席?",
        "哪些国际组织出席了会议?",
        # "When" joins clauses here.
        "What should States do when they seize a firearm?",
        "When a firearm is seized, what must be recorded?",
        "Should records be kept when firearms are destroyed?",
        # What must, can and may is asked of States, not which States.
        "What must States do about marking?",
        "几件事要注意?",
    ],
)
def test_what_only_looks_like_a_demand(question: str) -> None:
    assert kinds_asked(question) == ()


@pytest.mark.parametrize(
    ("asked", "text", "question", "language", "given"),
    [
        ("money", "该项目获得 500 万欧元。", "多少钱?", "zh", True),
        ("money", "该项目获得 500 支枪支。", "多少钱?", "zh", False),
        ("money", "It received $5 million.", "How much?", "en", True),
        ("money", "It received 500 firearms.", "How much?", "en", False),
        ("span", "记录应保存不少于十年。", "多少年?", "zh", True),
        ("span", "过渡期为 6 个月。", "多久?", "zh", True),
        ("span", "会议于2014年举行。", "多久?", "zh", False),
        ("span", "会议于2014年5月举行。", "多久?", "zh", False),
        ("span", "这是第十三年。", "多久?", "zh", False),
        ("span", "Records are kept for ten years.", "How long?", "en", True),
        ("span", "It was held in 2014.", "How long?", "en", False),
        ("number", "12 个国家发言。", "多少国家发言?", "zh", True),
        ("number", "十二个国家发言。", "多少国家发言?", "zh", True),
        ("number", "第 21 段和第八条,2014年5月26日。", "多少国家发言?", "zh", False),
        ("number", "12 个国家发言。", "12 个国家中有多少发言?", "zh", False),
        ("number", "十二个国家发言。", "Of the 12 States, how many spoke?", "zh", False),
        ("number", "Eighteen States spoke.", "How many spoke?", "en", True),
        ("number", "Article 8 and paragraph 21, on 26 May 2014.", "How many spoke?", "en", False),
        ("date", "会议于2014年5月举行。", "2014年的会议何时举行?", "zh", True),
        ("date", "会议于2014年举行。", "2014年的会议何时举行?", "zh", False),
        ("date", "It was held in May 2014.", "When in 2014 was it held?", "en", True),
        ("date", "It was held in May 2014.", "when in may 2014 was it held?", "en", False),
        ("date", "States may wish to mark firearms.", "When was it?", "en", False),
        ("state", "墨西哥和法国发言。", "哪些国家发言?", "zh", True),
        ("state", "法国发言。", "除法国外哪国发言?", "zh", False),
        ("state", "Mexico spoke.", "除法国外哪国发言?", "en", True),
        ("state", "The Working Group spoke.", "Which States spoke?", "en", False),
        ("person", "由 Gonzalo Fabián Medina Hernández 主持。", "谁主持?", "zh", True),
        ("person", "由 Working Group on Firearms 主持。", "谁主持?", "zh", False),
        ("share", "占百分之四十。", "百分之几?", "zh", True),
        ("share", "About 40 per cent came.", "What percentage came?", "en", True),
        ("share", "Forty States came.", "What percentage came?", "en", False),
        ("clock", "会议于上午10时开始。", "几点开始?", "zh", True),
        ("clock", "会议于10日开始。", "几点开始?", "zh", False),
        ("clock", "It opens at 3 p.m.", "At what time does it open?", "en", True),
        ("day", "会议于5月10日开始。", "几月几日开始?", "zh", True),
        ("day", "会议于2021年5月开始。", "几月几日开始?", "zh", False),
        ("day", "It opened on 10 May.", "On which day in May did it open?", "en", True),
        ("day", "It opened in May.", "On which day in May did it open?", "en", False),
        ("day", "It opened on 10 May.", "On which day after 10 May did it close?", "en", False),
        ("place", "会议在达喀尔举行。", "会议在哪个城市举行?", "zh", True),
        ("place", "会议与墨西哥合办。", "会议在哪个城市举行?", "zh", False),
        ("place", "会议在墨西哥举行。", "会议在哪里举行?", "zh", True),
        ("place", "It was held in Lyon, France.", "In which city was it held?", "en", True),
        ("place", "It was held with Mexico.", "In which city was it held?", "en", False),
        ("article", "见《公约》第十八条。", "哪一条?", "zh", True),
        ("article", "见《公约》。", "哪一条?", "zh", False),
        ("article", "See article 18 of the Convention.", "Which article?", "en", True),
        ("article", "See article 18 of the Convention.", "Besides article 18, which article?", "en", False),
        ("members", "有登记、标记、追查和销毁。", "哪四项?", "zh", True),
        ("members", "有登记和标记。", "哪四项?", "zh", False),
        ("members", "法国、墨西哥和日本加入。", "是哪3个国家?", "zh", True),
        ("members", "登记、标记和法国。", "是哪3个国家?", "zh", False),
        ("members", "France, Mexico, Japan and Chad acceded.", "Which four countries acceded?", "en", True),
        ("members", "Four countries acceded.", "Which four countries acceded?", "en", False),
        ("names", "见《枪支议定书》。", "名称是什么?", "zh", True),
        ("names", "见该议定书。", "名称是什么?", "zh", False),
        ("wording", "第10/2号决议全文如下。", "全文?", "zh", False),
        ("beyond", "应支持草案。", "应支持什么?", "zh", False),
    ],
)
def test_whether_a_text_gives_it(asked: Asked, text: str, question: str, language: Language, given: bool) -> None:
    assert gives(asked, text, question, language) is given


def test_the_share_that_is_not_given() -> None:
    both = "会议何时举行,由谁主持?"
    assert share_ungiven("2014年5月,由 Karen Hall Smith 主持。", both, "zh") == 0.0
    assert share_ungiven("会议于2014年5月举行。", both, "zh") == 0.5
    assert share_ungiven("会议举行了。", both, "zh") == 1.0
    assert share_ungiven("会议举行了。", "如何标记枪支?", "zh") == 0.0
    # What no document gives is weighed apart.
    assert share_ungiven("会议举行了。", "我国应支持什么?", "zh") == 0.0
