"""The text made plain 归一: half-width, simplified, without the white space of typesetting; each character knows where it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WIDE = {ord("！") + shift: chr(0x21 + shift) for shift in range(94)}
_MARKS = (
    {ord(sign): "-" for sign in "﹣－—–―~～〜"}
    | dict.fromkeys(map(ord, "„‟〝「『"), "“")
    | dict.fromkeys(map(ord, "〞」』"), "”")
    | {ord("∶"): ":", ord("﹪"): "%"}
)
# Traditional characters of units, numerals and of the words that the grammar looks for, each before its simplified form.
_PAIRS = (
    "萬万億亿個个戶户條条類类場场項项畝亩產产業业鏈链級级噸吨輛辆臺台間间雙双張张費费額额貸贷園园區区總总計计佔占與与較较長长減减點点餘余約约數数實实際际應应復复營营達达為为當当給给補补貼贴築筑設设貧贫過过後后單单證证發发辦办"
    "結结務务開开關关動动從从質质銀银兩两參参陸陆貳贰獎奖勵励廠厂農农鄉乡鎮镇縣县東东書书會会員员處处時时節节標标準准歲岁週周戰战學学導导組组織织報报種种樣样帶带團团隊队網网電电話话訊讯訪访問问題题價价錢钱獲获轉转換换進进無无"
    "還还對对測测圖图釋释續续線线幾几許许別别擴扩齊齐顯显確确認认賬账雲云傳传統统籌筹該该範范圍围圓圆塊块幹干棟栋層层貨货運运輸输車车輪轮歷历舊旧將将軍军號号碼码頁页冊册盞盏頂顶樓楼調调撥拨釐厘績绩紅红綠绿齡龄勞劳聯联係系國国"
    "見见觀观稅税籃篮僅仅負负責责壓压縮缩創创製制協协簡简稱称麼么備备併并純纯萊莱陽阳佈布裝装訂订購购買买賣卖銷销環环來来眾众廣广隻只雞鸡豬猪魚鱼藥药醫医衛卫護护體体資资滿满異异鋪铺檔档寫写讀读識识議议講讲誤误課课談谈請请論论"
    "評评詞词試试詳详誠诚變变讓让財财貢贡賀贺賃赁賦赋賠赔賴赖贈赠趙赵趨趋跡迹蹤踪輯辑轄辖邊边遠远適适選选遷迁郵邮鄭郑釀酿鋼钢錄录鐘钟鐵铁門门閉闭閱阅階阶隨随險险離离難难霧雾順顺須须預预領领頭头養养館馆驗验驚惊筆笔諮咨詢询臨临"
    "診诊檢检幣币穩稳崗岗職职僱雇納纳繳缴墊垫優优滯滞執执監监溫温槍枪糧粮殺杀濟济終终紀纪細细絕绝經经綜综維维練练罰罚聽听聲声舉举虧亏術术衝冲複复覽览託托記记訴诉語语說说諾诺貴贵貿贸贏赢載载輔辅輕轻連连違违遞递錯错頒颁頻频願愿"
    "顧顾風风駐驻黨党龍龙麵面廈厦齒齿嚴严歸归殘残毀毁靈灵響响勢势勁劲雜杂飲饮飯饭駕驾騙骗鬧闹鮮鲜麥麦墳坟壩坝夠够奪夺婦妇寧宁審审尋寻嶺岭幫帮幟帜庫库廳厅彈弹彙汇徑径徹彻懷怀戲戏拋抛掃扫掛挂採采揮挥損损搖摇攔拦攜携敗败敵敌斷断"
    "於于昇升晝昼暫暂樂乐棄弃楊杨榮荣槓杠橋桥檻槛歡欢氣气汙污決决淨净淺浅渦涡湧涌溝沟滅灭滾滚漁渔漢汉漸渐潔洁潛潜灣湾災灾煙烟煩烦熱热爐炉爭争牆墙狀状獨独獻献瑪玛畢毕畫画疊叠療疗癥症盡尽盤盘礦矿禮礼窮穷競竞紙纸紛纷緊紧緒绪緣缘"
    "編编緩缓繫系罷罢義义習习腳脚臟脏艱艰蘇苏衆众裏里訓训註注誌志謝谢譯译豐丰賓宾賞赏躍跃軌轨軟软輩辈遊游遲迟遺遗鄰邻釘钉針针鋒锋錦锦鍋锅閃闪闊阔陣阵陰阴陳陈雖虽頓顿頸颈顏颜飛飞餅饼騎骑髮发鬆松鬥斗鳥鸟黃黄"
)
_TRADITIONAL = {ord(old): new for old, new in zip(_PAIRS[::2], _PAIRS[1::2], strict=True)}
_END = re.compile(r'[。！？!?；;:…][”"）)]?$')
_NEW_BLOCK = re.compile(r"[#□■●◆▲*·]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|\d{1,2}[、.．](?!\d)")
_SENTENCES = re.compile(r"[^。！？!?\n]+[。！？!?\n]*")
_PARAGRAPH = "\n"
_SHORT = 0.6  # a line shorter than this share of the usual line ends because its paragraph ends


@dataclass(frozen=True, slots=True)
class Plain:
    """Plain text and, for each of its characters, the offset in the source."""

    text: str
    places: tuple[int, ...]
    source: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the source for a span of the plain text."""
        return self.places[start], self.places[end - 1] + 1

    def quote(self, start: int, end: int) -> str:
        """The source's own characters for a span of the plain text, without white space."""
        left, right = self.span(start, end)
        return re.sub(r"\s+", "", self.source[left:right])

    def sentences(self) -> list[tuple[int, int]]:
        """Spans of the stretches between full stops and ends of paragraphs."""
        return [match.span() for match in _SENTENCES.finditer(self.text)]


def make_plain(source: str) -> Plain:
    """The plain text of `source`. Breaks inside a sentence vanish, ends of paragraphs stay as one line end."""
    kept: list[str] = []
    places: list[int] = []
    for at, sign in _kept_signs(source):
        kept.append(sign)
        places.append(at)
    return Plain("".join(kept), tuple(places), source)


def simplified(source: str) -> str:
    """`source` in half width and simplified characters, one for one: offsets stay."""
    return source.translate(_MARKS).translate(_WIDE_BUT_STOPS).translate(_TRADITIONAL)


_WIDE_BUT_STOPS = {code: sign for code, sign in _WIDE.items() if sign not in "!?;"}


def _kept_signs(source: str) -> list[tuple[int, str]]:
    text = simplified(source)
    usual = _usual_length(text)
    found: list[tuple[int, str]] = []
    line_start = 0  # where in `found` the line began
    for match in re.finditer(r"\S+|\s+", text):
        if not match.group().isspace():
            found.extend(zip(range(match.start(), match.end()), match.group(), strict=True))
            continue
        hard = "\n" in match.group() and _ends_here(text, match.end(), "".join(sign for _, sign in found[line_start:]), usual)
        if hard and found:
            found.append((match.start(), _PARAGRAPH))
        elif found and match.end() < len(text) and _would_fuse(found[-1][1], text[match.end()]):
            found.append((match.start(), " "))
        if "\n" in match.group():
            line_start = len(found)
    return found


def _usual_length(text: str) -> int:
    lengths = sorted(len(line.replace(" ", "")) for line in text.split("\n") if line.strip())
    return lengths[len(lengths) // 2] if lengths else 0


def _ends_here(text: str, following: int, line: str, usual: int) -> bool:
    if line and line[-1] in ",、":
        return False
    if not line or following >= len(text) or _END.search(line) or _NEW_BLOCK.match(text, following):
        return True
    return len(line) < usual * _SHORT


def _would_fuse(left: str, right: str) -> bool:
    return (left.isascii() and left.isalnum()) and (right.isascii() and right.isalnum())
