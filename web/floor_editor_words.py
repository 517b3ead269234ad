"""What the floor editor's scripts say; they fill in {names} themselves."""

from flask_babel import LazyString, lazy_gettext

from web.floor_pictures import FIXTURE_WORDS
from web.language import current

WORDS: dict[str, LazyString] = {
    "comma": lazy_gettext("，"),
    "none": lazy_gettext("未选中"),
    "many": lazy_gettext("选中 {n} 项"),
    "nameless": lazy_gettext("（无编号）"),
    "select": lazy_gettext("选中"),
    "size": lazy_gettext("{width} × {depth} 米"),
    "place": lazy_gettext("西 {x} 米、北 {y} 米"),
    "power": lazy_gettext("电源"),
    "network": lazy_gettext("网络"),
    "accessible": lazy_gettext("无障碍"),
    "faulty": lazy_gettext("有问题"),
    "booked": lazy_gettext("已订"),
    "closed": lazy_gettext("停用"),
    "zoneless": lazy_gettext("不分区"),
    "booths": lazy_gettext("{n} 个展位"),
    "badLength": lazy_gettext("请填写 0–999 之间的米数，最多三位小数，例如 2.5。"),
    "badStart": lazy_gettext("编号须以数字结尾，例如 A01。"),
    "badZone": lazy_gettext("展区代号不能为空，也不能与其他展区相同。"),
    "badOutline": lazy_gettext("每行写一个角，例如“30, 0”；至少三个角。"),
    "least_1": lazy_gettext("请先选中展位或设施。"),
    "least_2": lazy_gettext("请先选中至少两项。"),
    "least_3": lazy_gettext("请先选中至少三项。"),
    "moved": lazy_gettext("{what} 移到 {place}"),
    "stays": lazy_gettext("{what} 已到场地边缘"),
    "sized": lazy_gettext("{what} 现为 {size}"),
    "fixed": lazy_gettext("{what} 不能再小，或已到场地边缘"),
    "added": lazy_gettext("已添加 {name}，{place}"),
    "removed": lazy_gettext("已删除 {n} 项，可撤销。"),
    "removedHeld": lazy_gettext(
        "注意：{held} 已预订。活动仍用原展位图；若要换用新图，须保留这些展位号，或先移动这些预订。"
    ),
    "duplicated": lazy_gettext("已复制 {n} 项"),
    "turned": lazy_gettext("已旋转"),
    "noRoom": lazy_gettext("场地放不下旋转后的图形，未改动。"),
    "aligned": lazy_gettext("已对齐"),
    "spread": lazy_gettext("已均分"),
    "undo": lazy_gettext("已撤销"),
    "redo": lazy_gettext("已重做"),
    "undoNot": lazy_gettext("没有可撤销的修改"),
    "redoNot": lazy_gettext("没有可重做的修改"),
    "taken": lazy_gettext("未编号：{codes} 已被未选中的展位使用。"),
    "numbered": lazy_gettext("已给 {n} 个展位编号：{first} 至 {last}"),
    "zoneAdded": lazy_gettext("已添加展区 {code}"),
    "zoneRemoved": lazy_gettext("已删除展区 {code}，其展位不再分区"),
    "outlined": lazy_gettext("已改场地轮廓"),
    "checking": lazy_gettext("检查中…"),
    "unchecked": lazy_gettext("未能检查：{why}"),
    "found": lazy_gettext("{errors} 处错误，{warnings} 处提醒。有错误也可存为草稿，但不能设为可用。"),
    "clean": lazy_gettext("没有发现问题。"),
    "go": lazy_gettext("定位"),
    "saving": lazy_gettext("保存中…"),
    "saved": lazy_gettext("已保存（第 {revision} 次修改）"),
    "unsaved": lazy_gettext("有未保存的修改，已保留在本浏览器"),
    "notSaved": lazy_gettext("未保存，修改保留在本浏览器"),
    "cannotKeep": lazy_gettext("本浏览器不能保留副本，请尽快保存"),
    "offline": lazy_gettext("网络不通，服务器没有收到。恢复联网后会自动再保存。"),
    "signedOut": lazy_gettext("登录已过期。请在新标签页重新登录，再回来保存。"),
    "restored": lazy_gettext("已恢复未保存的修改"),
    "dropped": lazy_gettext("已丢弃本浏览器里的修改"),
}


def words() -> dict[str, object]:
    """Return the words in the language of the page."""
    kinds = {kind.value: str(word) for kind, word in FIXTURE_WORDS.items()}
    return {**{name: str(word) for name, word in WORDS.items()}, "kinds": kinds, "language": current()}
