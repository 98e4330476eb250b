//! What a check of the office's file found.

crate::words! {
    /// All is well.
    check_sound(ops, events, rows, head; entries = ops "entry" "entries", parts = events "event" "events", lines = rows "sheet row" "sheet rows"): "完好：{ops} 条记录、{events} 个事项、{rows} 行表格，校验码 {head}", "Sound: {ops} {entries}, {events} {parts}, {rows} {lines}; head code {head}";
    /// The log is damaged.
    check_faults(n, first; faults = n "fault" "faults"): "日志有 {n} 处不符：{first}", "The log has {n} {faults}: {first}";
    /// Tables differ.
    check_differs(list): "推算表与日志不符：{list}；可用 zhiban check --rebuild 重建", "Tables differ from the log: {list}; zhiban check --rebuild mends them";
    /// A file of an older program.
    CHECK_OLDER: "这是旧版程序的文件，只核对了日志；打开后升级，再查一次", "An older program's file: only its log was compared; it is brought up to date when it is opened, then check again";
    /// Mended.
    REBUILT: "已按日志重建推算表", "The tables were built anew from the log";
    /// A fault of an entry itself.
    FAULT_HEAD: "记录本身被改动", "the entry itself was changed";
    /// An entry does not follow the one before.
    FAULT_ORDER: "前后不接：有缺失、插入或次序变动", "it does not follow the one before";
    /// A fault of an event.
    FAULT_EVENT: "事项被改动、增加或删除", "an event was changed, added or removed";
    /// A fault of a sheet row.
    FAULT_ROW: "表格行被改动、增加或删除", "a sheet row was changed, added or removed";
    /// Something without an entry.
    FAULT_STRAY: "有不属于任何记录的内容", "something belongs to no entry";
    /// Half of what it takes back is written.
    FAULT_UNDO: "撤销的对象只写了一半", "what it takes back is half written";
    /// A PIN that was put in or taken out by hand.
    FAULT_PIN: "保存的签字口令与日志不符", "what is kept of a PIN is not what the log says";
    /// A desk that does not follow the one before.
    FAULT_DESK: "恢复后的新台与原台末尾接不上", "the restored desk does not begin where the one before it ends";
    /// A part of the schema that is not there.
    part_missing(kind, name): "缺少{kind} {name}", "the {kind} {name} is missing";
    /// A part of the schema that should not be there.
    part_added(kind, name): "多出{kind} {name}", "the {kind} {name} should not be there";
    /// A part of the schema in other words.
    part_changed(kind, name): "{kind} {name} 被改动", "the {kind} {name} was changed";
    /// An index that does not agree with its table.
    part_content(kind, name): "{kind} {name} 与表内容不一致", "the {kind} {name} does not agree with its table";
    /// The schema differs.
    check_layout(n, list; places = n "place" "places"): "库结构有 {n} 处不符：{list}；可用 zhiban check --rebuild 修复", "The database is laid out otherwise in {n} {places}: {list}; zhiban check --rebuild mends what it can";
    /// A table of the database.
    PART_TABLE: "表", "table";
    /// An index.
    PART_INDEX: "索引", "index";
    /// A trigger.
    PART_TRIGGER: "触发器", "trigger";
    /// A view.
    PART_VIEW: "视图", "view";
    /// A damaged file.
    FAULT_FILE: "文件本身已损坏", "the file itself is damaged";
    /// One fault.
    fault_at(seq, what): "第 {seq} 号：{what}", "entry {seq}: {what}";
    /// The head matches.
    HEAD_MATCHES: "与纸上的校验码相符", "It agrees with the printed head code";
    /// The head differs.
    HEAD_DIFFERS: "与纸上的校验码不符：历史被改动", "It differs from the printed head code: history was changed";
    /// The head is missing.
    HEAD_MISSING: "日志里没有纸上的校验码：末尾被截去，或这是旧的副本，或是从更早的备份恢复的", "The log does not hold the printed head code: its end was cut off, this is an older copy, or it was restored from a backup taken before";
    /// No head code.
    HEAD_NOT_A_CODE: "这不是校验码（应如 12-ABCD-EFGH-JKMN-PQRS）", "This is not a head code (like 12-ABCD-EFGH-JKMN-PQRS)";
}
