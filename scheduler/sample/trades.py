"""What sample enterprises do, what they call themselves, and whom they look for."""

from typing import NamedTuple


class Post(NamedTuple):
    """A kind of opening: title, major group of occupations, skill grade if any, least monthly pay in yuan."""

    title_zh: str
    occupation_code: str
    skill_rank: int | None
    wage: int


class Trade(NamedTuple):
    """An industry with its weight among enterprises, words for their names, and its openings."""

    industry_code: str
    weight: int
    words: tuple[str, ...]
    posts: tuple[Post, ...]


OFFICE = (
    Post("行政文员", "3", None, 4000),
    Post("会计", "2", None, 5000),
    Post("人力资源专员", "3", None, 4500),
)
WORKSHOP = (
    Post("普工", "6", 1, 4500),
    Post("质检员", "6", 3, 4800),
    Post("设备维修工", "6", 4, 6000),
    Post("仓库管理员", "3", None, 4200),
)
MACHINING = (
    Post("数控车工", "6", 4, 6500),
    Post("焊工", "6", 3, 6000),
    Post("装配钳工", "6", 3, 5500),
    Post("机械设计工程师", "2", None, 8000),
    Post("首席技师", "6", 8, 12000),
)
ELECTRIC = (
    Post("电工", "6", 4, 5800),
    Post("电气工程师", "2", None, 8500),
    Post("电子装配工", "6", 2, 5000),
)
CHEMISTRY = (Post("化工操作工", "6", 3, 6000), Post("安全员", "2", None, 6000), Post("化验员", "6", 3, 5000))
TEXTILE = (Post("缝纫工", "6", 2, 5000), Post("服装设计师", "2", None, 7000), Post("裁剪工", "6", 2, 5000))
CRAFT = (Post("手工艺制作工", "6", 3, 4500), Post("工艺美术设计师", "2", None, 6500))

TRADES = (
    Trade(
        "A",
        4,
        ("果蔬种植", "水产养殖", "生态农业"),
        (Post("种植技术员", "5", None, 4500), Post("养殖工", "5", 1, 4500)),
    ),
    Trade("B", 1, ("矿业", "石材"), (Post("采矿工", "6", 3, 7000), Post("安全员", "2", None, 6500))),
    Trade("C13", 5, ("粮油食品", "水产加工", "农产品加工"), WORKSHOP),
    Trade("C14", 4, ("食品", "调味品", "烘焙食品"), WORKSHOP),
    Trade("C17", 4, ("纺织", "家纺", "印染"), (*TEXTILE, *WORKSHOP)),
    Trade("C18", 4, ("服装", "服饰", "针织"), (*TEXTILE, *WORKSHOP)),
    Trade("C20", 2, ("木业", "草柳编工艺品"), (*CRAFT, *WORKSHOP)),
    Trade("C24", 3, ("工艺品", "文创用品", "陶艺"), (*CRAFT, *WORKSHOP)),
    Trade("C26", 5, ("化工", "新材料", "精细化学品"), (*CHEMISTRY, *WORKSHOP)),
    Trade("C27", 3, ("制药", "生物医药"), (*CHEMISTRY, Post("药物研发员", "2", None, 9000))),
    Trade("C29", 4, ("橡胶制品", "轮胎", "塑料制品"), WORKSHOP),
    Trade("C30", 3, ("建材", "玻璃", "陶瓷"), WORKSHOP),
    Trade("C33", 4, ("金属制品", "钢结构", "五金工具"), (*MACHINING, *WORKSHOP)),
    Trade("C34", 5, ("通用机械", "轴承", "泵阀"), (*MACHINING, *WORKSHOP)),
    Trade("C35", 5, ("专用设备", "农业机械", "工程机械"), (*MACHINING, *WORKSHOP)),
    Trade("C36", 5, ("汽车零部件", "专用汽车"), (*MACHINING, *WORKSHOP)),
    Trade("C37", 2, ("船舶配套", "轨道装备"), (*MACHINING, *WORKSHOP)),
    Trade("C38", 4, ("电气设备", "电缆", "家用电器"), (*ELECTRIC, *WORKSHOP)),
    Trade("C39", 4, ("电子科技", "光电", "通信设备"), (*ELECTRIC, *WORKSHOP)),
    Trade("C40", 2, ("仪器仪表", "计量设备"), (*ELECTRIC, Post("仪表装调工", "6", 4, 6000))),
    Trade("D", 2, ("热力", "新能源电力"), (*ELECTRIC, Post("锅炉操作工", "6", 3, 5500))),
    Trade(
        "E",
        7,
        ("建筑工程", "市政工程", "装饰工程"),
        (Post("施工员", "2", None, 6500), Post("造价员", "2", None, 6500), Post("砌筑工", "6", 3, 7000)),
    ),
    Trade(
        "F",
        12,
        ("商贸", "超市", "汽车销售"),
        (
            Post("营业员", "4", None, 4000),
            Post("销售代表", "4", None, 5000),
            Post("电商运营", "4", None, 6000),
        ),
    ),
    Trade(
        "G",
        6,
        ("物流", "供应链管理", "客运"),
        (Post("货车司机", "6", None, 7500), Post("分拣员", "4", None, 5000), Post("调度员", "3", None, 5500)),
    ),
    Trade(
        "H",
        6,
        ("酒店管理", "餐饮管理"),
        (Post("厨师", "4", 4, 6500), Post("客房服务员", "4", None, 4000), Post("前厅接待", "4", None, 4500)),
    ),
    Trade(
        "I",
        6,
        ("软件", "网络科技", "信息技术"),
        (
            Post("软件开发工程师", "2", None, 9000),
            Post("测试工程师", "2", None, 7500),
            Post("直播运营", "4", None, 6000),
        ),
    ),
    Trade(
        "J",
        2,
        ("保险代理", "融资担保"),
        (Post("客户经理", "4", None, 6000), Post("风控专员", "2", None, 7500)),
    ),
    Trade(
        "K", 2, ("物业服务", "房地产经纪"), (Post("物业管家", "4", None, 4500), Post("水电工", "6", 3, 5000))
    ),
    Trade(
        "L",
        5,
        ("人力资源服务", "企业管理咨询", "广告传媒"),
        (Post("招聘顾问", "4", None, 5500), Post("活动策划", "4", None, 5500)),
    ),
    Trade(
        "M", 3, ("检验检测", "工程设计"), (Post("检测员", "2", None, 5500), Post("设计师", "2", None, 8000))
    ),
    Trade(
        "O", 4, ("家政服务", "汽车维修"), (Post("家政服务员", "4", 2, 5500), Post("汽车维修工", "6", 3, 6000))
    ),
    Trade(
        "P",
        3,
        ("教育咨询", "职业培训"),
        (Post("培训教师", "2", None, 6000), Post("课程顾问", "4", None, 5000)),
    ),
    Trade(
        "Q", 3, ("康养服务", "健康管理"), (Post("护理员", "4", 2, 5000), Post("康复治疗师", "2", None, 6500))
    ),
    Trade(
        "R", 2, ("文化旅游", "文化传播"), (Post("导游", "4", None, 5000), Post("短视频编导", "2", None, 6500))
    ),
)
