//! The words of previews and of the way to the printer.

crate::words! {
    /// Nothing that is printed.
    NOTHING_TO_PRINT: "这里没有可打印的", "Nothing here to print";
    /// A paper.
    P_HANDOVER: "值班交接单", "Shift handover";
    /// A paper.
    P_SITREP: "疫情日报（表格）", "Situation report (tables)";
    /// A paper.
    P_NUMBERS: "通报：全校数字", "Bulletin: the school's numbers";
    /// A paper.
    P_CAMPUS: "通报：分校区", "Bulletin: campus by campus";
    /// A paper.
    P_CALLSHEET: "应联系人员名单", "Call sheet";
    /// A paper.
    P_DOSSIER: "一人一档", "Dossier";
    /// A paper.
    P_UNIT: "单位催报单", "Unit sheet";
    /// A paper.
    dossier_of(name): "{name}一人一档", "Dossier: {name}";
    /// A paper.
    unit_of(name): "{name}催报单", "Unit sheet: {name}";
    /// A paper.
    P_RELEASE: "解除通知", "Release notice";
    /// A title.
    WHICH_TITLE: "打印哪一种", "Which paper";
    /// A paper is being made.
    MAKING: "正在排版…", "Making the paper…";
    /// A key came before the paper.
    NOT_MADE_YET: "还在排版，请稍等；Esc 取消", "The paper is still being made; Esc cancels";
    /// The printers are looked for.
    ASKING_PRINTERS: "正在查看打印机…", "Asking the printers…";
    /// A file is being written.
    WRITING: "正在写文件…", "Writing the file…";
    /// No workbook of this paper.
    NO_TABLES: "这份文书不是表格，不能存为 xlsx：按 w 存 PDF，按 t 存文本", "This paper is no table and has no xlsx: w writes a PDF, t text";
    /// Numbers stand there in full.
    SHOWN_ALREADY: "号码已经完整显示", "The numbers are shown in full already";
    /// No private numbers on it.
    NO_NUMBERS: "这份文书上没有隐去的号码", "No number is hidden on this paper";
    /// A field.
    REVEAL_WHY: "原因", "Why";
    /// A hint.
    REVEAL_HINT: "例如：停电，要照单打电话；每个人都记入日志", "e.g. a power cut, calls by hand; logged for each person";
    /// A title.
    REVEAL_TITLE: "在文书上显示完整号码", "Full numbers on the paper";
    /// No reason given.
    REVEAL_NEEDED: "请填写原因", "A reason is needed";
    /// It was logged.
    REVEALED_ON_PAPER: "已记入日志，正在换成完整号码", "Logged; making the paper with full numbers";
    /// A title.
    print_title(paper): "打印 {paper}", "Print: {paper}";
    /// A field.
    PRINTER: "打印机", "Printer";
    /// A field.
    COPIES: "份数", "Copies";
    /// A field.
    SIDES: "单双面", "Sides";
    /// A choice.
    AS_SET: "按打印机设置", "as the printer is set";
    /// A choice.
    ONE_SIDED: "单面", "one-sided";
    /// A choice.
    TWO_SIDED: "双面", "two-sided";
    /// A wrong number of copies.
    BAD_COPIES: "份数为 1 到 99", "1 to 99 copies";
    /// On its way.
    sending_to(printer): "正在送到 {printer}…", "Sending to {printer}…";
    /// Which page is seen.
    page_of(page, all): "第 {page}/{all} 页", "page {page}/{all}";
    /// The paper of a handover that was just signed lies on the disk.
    written_already(file): "已存为 {file}", "written: {file}";
    /// More of this page below.
    MORE_BELOW: "下面还有", "more below";
    /// Numbers are shown in full.
    IN_FULL: "号码完整", "full numbers";
    /// Numbers are masked.
    MASKED: "号码已隐去，m 显示", "numbers hidden, m shows them";
}
