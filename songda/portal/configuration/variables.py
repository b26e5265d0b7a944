"""The table of variables: what an installation may set. The handbook's table is printed from it (`songda config --table`)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable: its name, what it means, its default as one would write it ('' for none), its shape, an example.

    `instead` says in words what happens where neither a value nor a default is there. A secret is never printed.
    """

    name: str
    meaning: str
    shape: str
    default: str = ""
    example: str = ""
    instead: str = ""
    secret: bool = False


VARIABLES = (
    Variable(
        "SONGDA_HOME", "本系统写入的一切：数据库、文件、密钥、压缩的静态文件", "folder", default="var", example="/var/lib/songda"
    ),
    Variable(
        "DATABASE_URL",
        "数据库地址",
        "database",
        example="postgresql://songda:口令@127.0.0.1:5432/songda",
        instead="SONGDA_HOME 下的 songda.sqlite3",
        secret=True,
    ),
    Variable(
        "SONGDA_SECRET_KEY",
        "签名会话与链接的密钥；几台机器共用一个数据库时必须相同",
        "key",
        example="至少 32 个字符的随机串",
        instead="第一次用到时生成，存于 SONGDA_HOME/secret_key",
        secret=True,
    ),
    Variable(
        "SONGDA_HOSTS", "网站的域名或地址，逗号分隔", "list", default="localhost,127.0.0.1,[::1]", example="songda.example.cn"
    ),
    Variable(
        "SONGDA_HTTPS",
        "用户是否经 HTTPS 访问：Cookie 只走 HTTPS，HTTP 请求转到 HTTPS，发送 HSTS",
        "switch",
        default="no",
        example="yes",
    ),
    Variable(
        "SONGDA_HSTS_SECONDS",
        "HSTS 的秒数，0 为不发送；仅在 SONGDA_HTTPS=yes 时有用",
        "number",
        default="2592000",
        example="31536000",
    ),
    Variable(
        "SONGDA_PROXIES",
        "前面有几层自己的代理：据此从 X-Forwarded-For 取来访地址、从 X-Forwarded-Proto 认 HTTPS；没有代理时必须为 0",
        "number",
        default="0",
        example="1",
    ),
    Variable(
        "SONGDA_SECOND_FACTOR",
        "谁登录时必须再输动态码：nobody、administrators（三员）、everyone；演示环境不要求",
        "who",
        default="administrators",
        example="everyone",
    ),
    Variable(
        "SONGDA_ADMIN_ADDRESSES",
        "三员岗位只能在这些地址上办理：地址或网段，逗号分隔；命令行不受限制",
        "networks",
        example="10.1.2.0/24,2001:db8::/64",
        instead="不限",
    ),
    Variable("SONGDA_DEMO", "演示环境：允许演示账号和演示数据，页面与导出带演示标记", "switch", default="no", example="yes"),
    Variable("SONGDA_DEBUG", "开发用：出错页显示程序内部的值，正式环境不得打开", "switch", default="no", example="no"),
    Variable("SONGDA_LOG", "日志的写法：json（每行一个事件）或 text（给人看）", "log", default="json", example="text"),
    Variable(
        "SONGDA_LOG_LEVEL", "日志的级别：debug、info、warning、error；访问记录是 info", "level", default="info", example="warning"
    ),
    Variable(
        "SONGDA_METRICS_TOKEN",
        "读取 /metrics 的令牌（Authorization: Bearer …）",
        "token",
        example="至少 16 个字符的随机串",
        instead="只许本机读取 /metrics",
        secret=True,
    ),
    Variable(
        "SONGDA_DISK_MB", "SONGDA_HOME 所在磁盘至少要剩多少兆字节，不足时 /readyz 报 503", "number", default="500", example="5000"
    ),
    Variable(
        "SONGDA_HOOK_HOSTS",
        "事件推送可以发往的主机，逗号分隔，端口不是 443 的写 主机:端口；不在名单里的地址不能登记，也不会再发",
        "list",
        example="gongwen.example.gov.cn,data.example.gov.cn:8443",
        instead="不推送",
    ),
    Variable(
        "SONGDA_SCAN", "检查一个上传文件有无病毒的命令", "command", example="clamdscan --no-summary --fdpass", instead="不查"
    ),
    Variable(
        "SONGDA_PACK", "songda read 起草规则时用的活动包", "directory", example="packs/zhengzhou-2020", instead="随附的演示活动包"
    ),
    Variable(
        "SONGDA_FONT_DIR",
        "公文字体（仿宋、小标宋）所在的目录",
        "directory",
        example="/usr/share/fonts/official",
        instead="用随附的思源宋体",
    ),
)
NAMES = tuple(one.name for one in VARIABLES)
OF_TESTS = frozenset({"SONGDA_TABLES", "SONGDA_SHOTS", "SONGDA_EXAMPLES", "SONGDA_FUZZ", "SONGDA_FUZZ_KNOWN"})
"""Variables that only the project's own tests read."""
