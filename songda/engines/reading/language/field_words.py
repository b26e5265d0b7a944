"""Words of labels 栏目词 on cards, guides and service pages: what is done (申报, 支持 …) and what is told of it (对象, 条件, 流程 …).

A label is built from them (支持对象, 申报条件及要求), so that pages whose labels were never seen are read by the same table.
"""

from __future__ import annotations

import re

# The last word of a label says what its field holds.
_ENDINGS: tuple[tuple[str, str], ...] = (
    ("who", "对象|主体|范围|人群"),
    ("conditions", "条件|要求|资格|情形"),
    ("papers", "材料|资料|清单"),
    ("contact", "电话|热线|地点|地址|窗口|部门|单位|机构|机关|邮箱|人"),
    ("time", "时间|日期|期限|时限|频度|频次|周期|有效期|安排"),
    ("process", "流程|程序|步骤|渠道|途径|入口|网址|平台"),
    ("substance", "内容|标准|措施|额度|金额|政策|方向|重点|领域|比例|优惠|亮点"),
    ("identity", "依据|文件|字号|文号|分类|类别|类型|名称|级别|层级"),
)
_DOING = (
    "服务|支持|适用|扶持|补贴|补助|资助|奖励|奖补|申报|申请|申领|受理|办理|认定|享受|优惠|政策|条件|联系|联络|咨询|材料|提交|所需|"
    "审核|审批|评审|兑现|执行|实施|发文|发布|成文|印发|生成|颁布|依据|文件|主管|责任|牵头|经办|办事|工具|主题|业务|监督|投诉|收费|"
    "法律|设定|时间|基本|准入|资格|入库|贷款|贴息|培训|参评|遴选|推荐|报名|参与|限制|资金|项目|公示|办结|承诺|法定|截止|截至|适用|"
    "纸质|网上|电子|报送|注意|考核|奖补|减免|返还|发放|拨付|验收|主要|重点|企业|事项|决定|结果|送达|承办|主办|办公|领取|救济"
)
_LONE = r"文\s*号|有效期|联\s*系\s*人|时间/频度|地\s*址|电\s*话|网\s*址|电子邮[箱件]|邮\s*箱|注意事项|责任科室|受理科室|联系科室|牵头科室|温馨提示|备\s*注|常见问题"
_ENDING = "|".join(words for _, words in _ENDINGS)
_WORD = rf"(?:(?:{_DOING}){{1,3}}(?:及其|及|与)?(?:(?:{_DOING}){{1,2}})?(?:{_ENDING}|方式|事项)(?:要求|说明|安排)?|{_LONE})"
LABEL = rf"{_WORD}(?:(?:、|及其?|和|与|/){_WORD}){{0,3}}"
_KINDS = tuple((kind, re.compile(rf"(?:{words})(?:说明|安排)?$")) for kind, words in _ENDINGS)
_FEES = re.compile(r"收费")
_WAYS = re.compile(r"方式(?:说明)?$")
_ISSUE = re.compile(r"发[文布]|成文|印发|生成|颁布|制定")


def kind_of_label(label: str) -> str:
    """What the field holds: `who`, `substance`, `conditions`, `papers`, `process`, `time`, `contact`, `identity`."""
    if _ISSUE.match(label):
        return "identity"
    if _FEES.search(label):
        return "other"
    if _WAYS.search(label):  # 联系方式, 支持方式, 申报方式
        return "contact" if label[:1] in "联咨" else "process" if label[:1] in "申办受兑报" else "substance"
    return next((kind for kind, words in _KINDS if words.search(label)), "other")
