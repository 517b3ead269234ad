"""Words in openings: what is found, where, on which ground; and what only looks like it."""

from itertools import pairwise

import pytest

from scheduler.postings import GROUPS, Ground, find_words

FOUND = (
    (Ground.SEX, "限女性"),
    (Ground.SEX, "性别：男"),
    (Ground.SEX, "招女工"),
    (Ground.SEX, "女文员"),
    (Ground.SEX, "普工（男）"),
    (Ground.SEX, "男，能吃苦"),
    (Ground.SEX, "有经验，女，会办公软件"),
    (Ground.SEX, "男性优先"),
    (Ground.SEX, "限 女 性"),
    (Ground.SEX, "只招男生"),
    (Ground.SEX, "男性"),
    (Ground.SEX, "女士"),
    (Ground.SEX, "男"),
    (Ground.SEX, "限男"),
    (Ground.SEX, "女工 5 名"),
    (Ground.SEX, "普工 男"),
    (Ground.SEX, "普工 - 女性"),
    (Ground.SEX, "保洁[女]"),
    (Ground.SEX, "男性普工"),
    (Ground.FAMILY, "已婚已育优先"),
    (Ground.FAMILY, "入职两年内不得怀孕"),
    (Ground.FAMILY, "请注明婚育状况"),
    (Ground.ORIGIN, "限济南户口"),
    (Ground.ORIGIN, "本市户籍"),
    (Ground.ORIGIN, "户籍：济南"),
    (Ground.ORIGIN, "河南人勿扰"),
    (Ground.ORIGIN, "本地人优先"),
    (Ground.ORIGIN, "不要外地人"),
    (Ground.ETHNICITY, "限汉族"),
    (Ground.ETHNICITY, "少数民族勿扰"),
    (Ground.RELIGION, "无宗教信仰"),
    (Ground.RELIGION, "信教者勿投"),
    (Ground.HEALTH, "入职体检查乙肝"),
    (Ground.HEALTH, "无传染病史"),
    (Ground.HEALTH, "ＨＢＶ阴性"),
    (Ground.DISABILITY, "四肢健全"),
    (Ground.DISABILITY, "残疾人勿扰"),
    (Ground.FEE, "入职须交押金500元"),
    (Ground.FEE, "服装费自理"),
    (Ground.AGE, "18-35周岁"),
    (Ground.AGE, "45岁以下"),
    (Ground.AGE, "年龄不超过40"),
    (Ground.LOOKS, "五官端正"),
    (Ground.LOOKS, "身高1.65米以上"),
    (Ground.SCHOOL, "限985院校"),
    *(
        (Ground.SUPERLATIVE, text)
        for text in (
            "全国第一销售",
            "国内销量第一的汽配企业",
            "行业第一，学历不限",
            "世界ＮＯ.1",
            "全网最高薪",
            "待遇全市最高",
            "全省最大的汽车零部件厂",
            "本市唯一",
            "福利最好",
            "最好的公司",
            "提供最高级待遇",
            "国家级企业",
            "国家级待遇",
            "世界级大厂",
            "顶级薪资",
            "第一品牌",
            "薪酬天花板",
            "史 无 前 例",
        )
    ),
)
FALSE_ALARMS = (
    "女装设计师",
    "男装导购",
    "男装销售",
    "男科",
    "男科护士",
    "男士理发师",
    "女性服饰陈列",
    "男/女",
    "女员工宿舍管理",
    "女鞋打版师",
    "女子监狱辅警管理系统开发工程师",
    "妇女儿童医院护士",
    "男科医生、妇科医生各一名",
    "女工委员会干事",
    "男女不限",
    "男、女均可",
    "性别不限",
    "性别：不限，年满16周岁",
    "性别:男女不限",
    "婚礼策划师",
    "婚纱摄影师",
    "婚姻登记员",
    "育婴师、母婴护理",
    "婚否不限",
    "未婚已婚均可",
    "享受婚假、产假、哺乳假",
    "户籍窗口工作人员",
    "户籍不限",
    "协助办理落户",
    "不限户籍",
    "熟悉本地市场",
    "民族舞蹈教师",
    "少数民族优先照顾",
    "回族餐厅厨师",
    "宗教事务管理专业",
    "乙肝疫苗研发工程师",
    "艾滋病防治专员",
    "须持有效健康证",
    "残疾人优先",
    "残疾人康复治疗师",
    "入职不收押金",
    "无需保证金",
    "入职体检费由单位承担",
    "免培训费",
    "年满18周岁",
    "3年以上工作经验",
    "工作35小时/周",
    "企业形象设计",
    "班车直达，包食宿，五险一金",
    "少女时代主题餐厅收银",
    "需搬运20公斤货物",
    "后台开发，Java后端",
    "限时入职奖励",
    "电话：0531-12345678",
    "负责女性用品销售",
    "面向男生宿舍的物业维修",
    "第一车间装配工",
    "第一时间响应客户",
    "第一学历本科",
    "中国第一汽车集团",
    "山东第一医科大学附属医院护士",
    "全国第一批专精特新企业",
    "全国第一届职业技能大赛",
    "行业第一梯队客户的驻厂服务",
    "技能竞赛全国第一名优先",
    "国家级高新技术企业",
    "国家级专精特新小巨人企业",
    "国家级企业技术中心",
    "国家级经济技术开发区",
    "国家级绿色工厂、国家级非遗传承人",
    "最高级别职称",
    "薪资最高可达9000元",
    "月薪最高8000元",
    "市内最高楼物业主管",
    "全市最低工资标准以上",
    "最佳实践分享",
    "顶尖人才引进专员",
    "与国际领先企业合作",
    "世界五百强企业",
    "唯一指定经销商驻店导购",
    "最大承重20公斤",
    "每天最多工作8小时",
    "最新设备操作",
    "一线品牌服装导购",
    "负责No.1厂房巡检",
)


@pytest.mark.parametrize(("ground", "text"), FOUND)
def test_a_demand_is_found_on_its_ground(ground: Ground, text: str) -> None:
    assert ground in {hit.group.ground for hit in find_words(text)}


@pytest.mark.parametrize("text", FALSE_ALARMS)
def test_a_topic_or_its_opposite_is_no_demand(text: str) -> None:
    assert [hit.word for hit in find_words(text)] == []


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.ground)
def test_every_example_is_found_by_its_own_group(group: object) -> None:
    assert [
        word
        for word in group.examples  # type: ignore[attr-defined]
        if group not in {hit.group for hit in find_words(word)}
    ] == []


def test_a_hit_says_where_it_stands_in_the_text_as_it_was_written() -> None:
    text = "包食宿；限 女 性，五官端正"
    assert [(hit.word, text[hit.start : hit.end]) for hit in find_words(text)] == [
        ("限 女 性", "限 女 性"),
        ("五官端正", "五官端正"),
    ]


def test_hits_do_not_lie_inside_each_other() -> None:
    hits = find_words("男，18-35岁，本市户口，未婚，不要外地人，限男性优先")
    assert all(one.end <= other.start for one, other in pairwise(hits))
    assert {hit.group.ground for hit in hits} == {Ground.SEX, Ground.AGE, Ground.ORIGIN, Ground.FAMILY}
