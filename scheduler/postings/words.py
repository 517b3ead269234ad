"""Words that shut people out or take their money: what they look like, which clause, what to write instead.

Patterns are read over a text without blanks and in half width. They ask for a demand, not for a topic:
“限女性” is found, “女装设计师” is not. `examples` are found by the group's own pattern; a test sees to it.
"""

from enum import StrEnum
from typing import NamedTuple


class Ground(StrEnum):
    """On which ground somebody would be shut out; fees and superlatives are found the same way."""

    SEX = "sex"
    AGE = "age"
    FAMILY = "family"
    ORIGIN = "origin"
    ETHNICITY = "ethnicity"
    RELIGION = "religion"
    HEALTH = "health"
    DISABILITY = "disability"
    LOOKS = "looks"
    SCHOOL = "school"
    FEE = "fee"
    SUPERLATIVE = "superlative"


class Force(StrEnum):
    """Whether a clause forbids the words by name, or it is advice, which blocks nothing."""

    LAW = "law"
    ADVICE = "advice"


class Group(NamedTuple):
    """A group of words, as patterns and as examples."""

    ground: Ground
    force: Force
    pattern: str
    examples: tuple[str, ...]
    why_zh: str
    why_en: str
    clause_zh: str
    clause_en: str
    instead_zh: str
    instead_en: str


SEXED_POSTS = (
    "服务员|文员|保安|普工|司机|销售|客服|助理|秘书|前台|主播|员工|业务员|营业员|导购|厨师|技工|技师|教师|老师|"
    "学徒|工人|工友|收银员|保洁|会计|出纳|(?:工(?!委|程|会|艺|作))"
)
ENOUGH = r"(?:若干|[\d一二两三四五六七八九十]{1,3})?[名人个位]?"
"""How many are wanted, behind the sex: 男性 3 名. A text that goes on says a topic: 男装, 男科."""
PLACE_OF_BIRTH = "河南|河北|山东|山西|东北|新疆|西藏|外地|外省|外市|本地|本市|本省|四川|安徽|江西"

FIELD = "全国|全球|全世界|世界|国内|亚洲|中国|全省|省内|全市|市内|本市|全网|全行业|行业内?|业内|业界|同行业?"
OF_WORK = "薪资?|薪酬|工资|月薪|年薪|收入|待遇|福利|工作环境|发展空间"
OF_FIRMS = "名企|大厂|品牌|雇主|公司|企业(?!技术|研发|工程|标准)"
NOT_FIRST = "[批届期轮代线季梯车汽拖重次名时]|人民|医|中学|小学|附属|实验|建筑|建设|工程|责任|学历|产业"
"""What 第一 counts without a claim: 全国第一批, 第一届, 中国第一汽车, 省第一医科大学."""

GROUPS = (
    Group(
        Ground.SEX,
        Force.LAW,
        r"(?:只|仅|限|仅限|只限|限定|要求|必须|须为|只招|仅招|招收?|适合|倾向)(?:为|招|聘)?(?:男|女)(?:性|士|生|孩|士|员工|工)?"
        r"(?![装鞋包科子童]|性?(?:健康|用品|服饰|市场))"
        r"|(?:男|女)(?:性|士|生|孩)?(?:者)?优先|性别要?求?[:为是]?(?:男|女)(?!女|/女|、女)"
        r"|(?:不要|不招|谢绝)(?:男|女)|[(\[【](?:男|女)(?:性|士|生)?[)\]】]"
        rf"|(?:^|[,;。\n]|(?<![男女])[-—|]|{SEXED_POSTS})(?:男|女)(?:性|士|生|孩|工|员工)?{ENOUGH}(?=[,、;。!\n]|$)"
        rf"|(?<![男少妇儿])(?:男|女)(?:性|士)?(?:{SEXED_POSTS})(?!关[怀爱]|权益|保护|之家|宿舍)",
        (
            "限男性",
            "限女性",
            "只招男",
            "只招女",
            "男性",
            "男士优先",
            "女士优先",
            "性别:女",
            "女文员",
            "招女工",
        ),
        "不得限定性别或者以性别提高录用标准",
        "no demand on the applicant's sex",
        "《就业促进法》第二十七条；《妇女权益保障法》第四十三条；《就业服务与就业管理规定》第二十条",
        "Employment Promotion Law art. 27; Women's Rights Law art. 43; Rules on Employment Services art. 20",
        "写清工作内容和强度（如“需搬运 20 公斤货物”“需上夜班”），性别写“不限”",
        "say what the work asks for, such as lifting 20 kg or night shifts; sex: any",
    ),
    Group(
        Ground.FAMILY,
        Force.LAW,
        r"(?:限|须|要求|必须)?(?:未婚|已婚|单身|已育|未育|离异)(?!妈妈|爸爸)|婚育(?:状况|情况)|婚否|婚姻状况"
        r"|(?:年|月)内不(?:得|能|可|许)?(?:结婚|生育|怀孕|恋爱)|不孕|无生育计划|无孩|生育计划|孕妇勿|怀孕(?:者)?勿",
        ("未婚", "已婚已育", "已育优先", "婚育状况", "三年内不得生育", "不孕"),
        "不得询问或者限制婚姻、生育状况",
        "no question about marriage or children",
        "《妇女权益保障法》第四十三条；《就业促进法》第二十七条",
        "Women's Rights Law art. 43; Employment Promotion Law art. 27",
        "删去婚育要求；需要出差、值班的，直接写明频次",
        "leave it out; if the work means travel or shifts, say how often",
    ),
    Group(
        Ground.ORIGIN,
        Force.LAW,
        r"(?:限|要求|必须|须|需|具有|有|仅限|只招|只要)?(?:本地|本市|本省|本县|本区|城镇|城市|农村|农业|非农)(?:户口|户籍|人优先|人士优先)"
        r"|(?:户口|户籍|籍贯)(?:要求|限|在|为|须|需|:)(?!不限|无|不)|限.{0,6}(?:户口|户籍|籍)(?!管理|窗口)"
        r"|(?:不要|不招|谢绝|拒绝|禁止)(?:[^,。;]{0,3}(?:省|市|县|地)|外省|外市|东北|河南|新疆|西藏)(?:籍|人|户)"
        rf"|(?:{PLACE_OF_BIRTH})(?:籍|人)(?:员|士)?(?:勿|免|慎|不要|除外|优先)",
        ("限本地户口", "限本地户籍", "本市户口", "不要外地人", "河南人勿扰", "本地人优先"),
        "不得以户籍、地域设置限制",
        "no demand on household registration or origin",
        "《就业促进法》第三十一条；《就业服务与就业管理规定》第五条；"
        "人社部等五部门《关于规范网络平台招聘类信息发布的通知》（2026）",
        "Employment Promotion Law art. 31; Rules on Employment Services art. 5; notice on postings (2026)",
        "写明工作地点、是否提供住宿；户籍写“不限”",
        "say where the work is and whether there is lodging; registration: any",
    ),
    Group(
        Ground.ETHNICITY,
        Force.LAW,
        r"(?:限|仅限|只招|要求|须为|必须是?)汉族|汉族优先|汉族(?:人|者)(?!优)"
        r"|(?:不要|不招|谢绝|拒绝)(?:少数民族|维族|维吾尔族?|藏族|回族|蒙古族|彝族|壮族)"
        r"|(?:少数民族|维族|维吾尔族|藏族|回族|彝族)(?:人|者|人员)?(?:勿|免|除外)|民族:?汉族?",
        ("限汉族", "汉族优先", "不招少数民族", "少数民族勿扰"),
        "不得以民族、种族为由限制录用",
        "no demand on ethnicity",
        "《就业促进法》第三条、第二十八条；《就业服务与就业管理规定》第四条、第二十条",
        "Employment Promotion Law art. 3 and 28; Rules on Employment Services art. 4 and 20",
        "删去民族要求；确需语言能力的，写明语种和水平",
        "leave it out; if a language is needed, name it and the level",
    ),
    Group(
        Ground.RELIGION,
        Force.LAW,
        r"(?:无|没有|不信|有|信)(?:任何)?(?:宗教信仰|信教|宗教)(?:者|人员)?(?:勿|除外|优先)?(?!事务|场所|学)"
        r"|信教(?:者|人员|群众)?(?:勿|免|除外|不要)|(?:不要|不招|谢绝)(?:信教|有信仰)|限.{0,3}教徒",
        ("无宗教信仰", "信教者勿扰", "不招信教"),
        "不得以宗教信仰为由限制录用",
        "no demand on religion",
        "《就业促进法》第三条；《就业服务与就业管理规定》第四条、第二十条",
        "Employment Promotion Law art. 3; Rules on Employment Services art. 4 and 20",
        "删去宗教信仰要求",
        "leave it out",
    ),
    Group(
        Ground.HEALTH,
        Force.LAW,
        r"乙肝(?!疫苗|防治|药|诊疗|科|研|检测试剂)|两对半|澳抗|hbv|大三阳|小三阳|(?:艾滋|hiv)(?!病?防治|病?研|药|病?科|检测试剂)"
        r"|(?:病毒|病原)?携带者|无(?:任何)?传染(?:性)?(?:疾)?病(?:史)?",
        ("乙肝", "携带者勿扰", "查两对半", "无传染病史"),
        "不得以是传染病病原携带者为由限制录用，不得把乙肝检测作为入职条件",
        "no demand on carriers of a disease, no hepatitis B test",
        "《就业促进法》第三十条；《就业服务与就业管理规定》（“不得强行将乙肝病毒血清学指标作为体检标准”）",
        "Employment Promotion Law art. 30; Rules on Employment Services (no hepatitis B markers asked for)",
        "食品等依法须持证的岗位写“须持有效健康证”，其他岗位删去",
        "where the law asks for it write “health certificate needed”; elsewhere leave it out",
    ),
    Group(
        Ground.DISABILITY,
        Force.LAW,
        r"(?:无|没有)(?:身体)?残疾|身体无残|(?:不要|不招|谢绝|拒绝)残疾|残疾(?:人|者)?(?:勿|免|除外)|肢体健全|四肢健全|身体健全",
        ("无残疾", "身体无残", "不招残疾人", "残疾人勿扰", "四肢健全"),
        "不得歧视残疾人",
        "no demand against people with disabilities",
        "《就业促进法》第二十九条",
        "Employment Promotion Law art. 29",
        "写明岗位的实际动作要求（如“需登高作业”）",
        "say what has to be done, such as working at height",
    ),
    Group(
        Ground.FEE,
        Force.LAW,
        r"(?:报名|押|保证|培训|服装|工装|中介|体检|入职|建档|介绍)(?:费|金)|扣(?:押)?(?:身份证|证件)|内部名额",
        ("报名费", "押金", "保证金", "培训费", "服装费", "中介费", "内部名额"),
        "不得向求职者收取财物、要求担保或者扣押证件",
        "no fee, no deposit, no keeping of papers",
        "《劳动合同法》第九条",
        "Labour Contract Law art. 9",
        "删去；由单位承担的写“入职体检由单位承担”",
        "leave it out; say what the employer pays for",
    ),
    Group(
        Ground.AGE,
        Force.ADVICE,
        r"(?<!\d)(?:1[6-9]|[2-6]\d)(?:周?岁)?[-—–~至到][2-7]\d周?岁(?:之间|以内|以下)?"
        r"|(?:年龄)?(?:不超过|不大于|小于|低于)?(?<!\d)[2-6]\d周?岁(?:\(含\))?(?:及?以下|以内|之内|封顶|左右)"
        r"|年龄(?:要求|限|在)?:?(?:不超过|不大于|小于|低于)?[2-6]\d(?!\d|(?:周?岁)?以上)(?:周?岁)?(?:以下|以内)?"
        r"|(?<!\d)(?:[6-9]0|0[05])后(?:优先)?(?!台|端|勤|续|期)|年轻(?:人)?优先|[大超]龄(?:者)?勿",
        ("35岁以下", "18-40周岁", "年龄不超过45", "90后优先", "年轻优先"),
        "年龄上限会把合格的人挡在门外，除法定要求外不宜设置",
        "an age limit shuts fit people out; set none the law does not ask for",
        "《就业促进法》第三条、第二十六条（公平就业）",
        "Employment Promotion Law art. 3 and 26 (equal employment)",
        "写“年满 16 周岁”；有法定年龄要求的（如夜班、有害作业年满 18 周岁）注明依据",
        "write “16 or older”; where the law asks for more, say so",
    ),
    Group(
        Ground.LOOKS,
        Force.ADVICE,
        r"形象气质佳|形象(?:好|佳)|五官端正|相貌(?:端正|佳|好)|容貌|颜值|身高(?:要求)?[^,。;]{0,5}\d|体重[^,。;]{0,4}\d|身材(?:好|匀称|苗条)",
        ("形象气质佳", "五官端正", "身高165cm以上", "相貌端正"),
        "相貌、身高一般与工作无关，不宜作为条件",
        "looks and height have nothing to do with most work",
        "《就业促进法》第三条、第二十六条（公平就业）",
        "Employment Promotion Law art. 3 and 26 (equal employment)",
        "写“着装整洁”“善于沟通”等与工作有关的要求",
        "ask for what the work needs, such as being tidy and talking well",
    ),
    Group(
        Ground.SCHOOL,
        Force.ADVICE,
        r"(?:限|要求|必须|须|仅限|只招)?(?:985|211)(?:/(?:985|211))?(?:院校|高校|大学|毕业|优先|及以上|以上|工程)|双一流(?:院校|高校|大学|毕业|优先)|名校(?:毕业|优先)",
        ("985院校", "限211高校", "双一流优先", "名校优先"),
        "不宜限定毕业院校",
        "do not ask for certain universities",
        "《深化新时代教育评价改革总体方案》（国有单位招聘“不得将毕业院校……作为限制性条件”）",
        "General Plan for the Reform of Educational Evaluation (public employers set no such condition)",
        "写明所需的专业和能力",
        "say which subject and skills are needed",
    ),
    Group(
        Ground.SUPERLATIVE,
        Force.ADVICE,
        rf"(?:{FIELD})(?:排名|综合实力|实力|规模|销量|{OF_WORK})?(?:第一(?!{NOT_FIRST})|第一名企|唯一(?!指定)|no\.?1(?!\d)|top1(?!\d))"
        rf"|(?:{FIELD})(?:的)?(?:{OF_WORK})?最(?:高(?![楼峰层建人])|大|强|好|优|佳)"
        rf"|(?:{OF_WORK})(?:绝对)?最(?:好|优|强|佳)|最(?:好|优|强|佳)的?(?:{OF_WORK}|{OF_FIRMS})|最高级(?!别)"
        rf"|(?:国家|世界|全球|宇宙)级的?(?:{OF_WORK}|{OF_FIRMS}|团队)|(?:顶级|顶尖|极品)的?(?:{OF_WORK}|{OF_FIRMS}|平台|团队)"
        rf"|第一(?:名企|品牌|大厂|雇主)|史无前例|绝无仅有|独一无二|空前绝后|(?:{OF_WORK}|行业)天花板",
        (
            "全国第一",
            "行业排名第一",
            "全网最高薪",
            "待遇最好",
            "最高级",
            "国家级企业",
            "世界级品牌",
            "顶级待遇",
            "第一名企",
            "独一无二",
            "全省唯一",
        ),
        "绝对化用语无从证明，会误导求职者",
        "a superlative nobody can prove misleads who looks for work",
        "《广告法》第九条第三项（“国家级”“最高级”“最佳”等用语）；市场监管总局《广告绝对化用语执法指南》（2023）",
        "Advertising Law art. 9(3) (“national-level”, “best” and the like); the guide of 2023 on such words",
        "写能查证的事实，如“月薪 6,000–9,000 元”“2025 年认定为专精特新企业”",
        "say what can be checked, such as the wage, or the year in which a title was granted",
    ),
)
