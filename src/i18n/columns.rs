//! Words of the page on which the columns of a sheet are said to be what they are (对列).

pub use crate::i18n::screen::EMPTY;

crate::words! {
    /// A key.
    COLUMNS: "对列", "Columns";
    /// A key.
    KEEP_COLUMNS: "存为采集表", "Keep as a form";
    /// The page, by name.
    COLUMNS_PAGE: "各列读作什么", "A sheet's columns";
    /// The page.
    title(file, rows; of = rows "row" "rows"): "逐列核对读作什么：「{file}」{rows} 行", "Check what each column is read as: \"{file}\", {rows} {of}";
    /// A heading.
    C_PLACE: "列", "Col.";
    /// A heading.
    C_HEADER: "表头文字", "Heading";
    /// A heading.
    C_IS: "读作", "Read as";
    /// A heading.
    C_SAMPLES: "样例（已遮盖）", "Cells (masked)";
    /// A heading.
    C_NOTE: "要核对的", "To check";
    /// It is passed over.
    NOT_READ: "不读", "not read";
    /// It is kept as it is written.
    OWN: "照原样留存", "kept as written";
    /// Words of the sheet for codes that are none of them.
    words_unknown(zh, en): "不认识的写法：{zh}", "words not known: {en}";
    /// Cells that cannot be read so.
    unread(count; are = count "cell cannot" "cells cannot"): "有 {count} 格这样读不了", "{count} {are} be read so";
    /// A doubt.
    NOT_AS_HEADED: "表头像，内容不像", "headed so, and the cells are something else";
    /// A doubt.
    ZERO_ONE: "只有 0 和 1，按 1 为是", "0 and 1 alone: 1 is read as yes";
    /// A doubt.
    NUMBERS: "只有选项序号，不知各代表什么", "numbers of options: what each means is not known";
    /// A doubt.
    CONTRADICTS: "代码和旁边的文字有几行对不上", "code and words beside it do not always go together";
    /// The officer said so.
    SAID: "已指定", "said";
    /// A guess.
    BY_CELLS: "按内容猜", "guessed by its cells";

    /// The form for one column.
    form_title(place, header): "{place} 列「{header}」读作", "Column {place} \"{header}\" is read as";
    /// What is looked for among the fields.
    FIND: "查找", "Look for";
    /// About it.
    FIND_HINT: "打名称或拼音，如 swtw", "the name of a field, as “morning”";
    /// A word of the sheet.
    WORD: "写法", "Word";
    /// None of them.
    NO_WORD: "（不改）", "(none)";
    /// A word of which it was said.
    word_is(word, zh, en): "{word}（就是 {zh}）", "{word} (means {en})";
    /// What it means was not chosen.
    CODE_UNSAID: "（没选）", "(not chosen)";
    /// A word without a meaning, or a meaning without a word.
    WORD_AND_CODE: "写法和就是哪一项要一起选", "Choose both the word and what it means";
    /// It means none of them.
    NO_CODE: "（都不是）", "none of them";
    /// What it means.
    CODE: "就是", "means";
    /// What can be done about a file in no known form.
    ENTER_OPENS: "按 Enter 对列：逐列说明读作什么，存为本单位的采集表", "Enter opens its columns: say what each is, and keep that as a form of your own";
    /// Some of its cells.
    cells(all): "样例：{all}", "Cells: {all}";

    /// The form that keeps it.
    keep_title(file): "把「{file}」的对列存为采集表", "Keep the columns of \"{file}\" as a form";
    /// What the form is called.
    KEEP_NAME: "采集表名", "Form's name";
    /// About it.
    KEEP_NAME_HINT: "小写字母、数字、-；同名的会成为新的一版", "small letters, digits, -; one of the same name becomes its next version";
    /// It is no name.
    BAD_NAME: "名称只用小写字母、数字和 -，以字母开头", "A name has small letters, digits and - alone, and begins with a letter";
    /// Its title.
    KEEP_TITLE: "采集表标题", "Form's title";
    /// What comes of it.
    KEPT_WHERE: "存在数据库旁的 forms 文件夹里；以后这样的表头都按它读", "It is kept in the folder forms beside the database; sheets with these headers are read by it from now on";
    /// The name is a shipped form's.
    name_taken(name): "{name} 是程序自带采集表的名字，请另取一个", "{name} is the name of a form that comes with the program: take another";
    /// What became of a column of which nothing was said.
    now_read_as(place, zh, en): "{place} 列因此改读作「{zh}」：一个字段只能有一列", "Column {place} is read as \"{en}\" now: a field has one column";
    /// Two columns of one header.
    same_header(place): "表头与 {place} 列相同，只能读前一列；要读这一列请在表里改表头", "headed as column {place}, which alone can be read: to read this one change its header in the sheet";
    /// It is kept, and some rows will be refused.
    will_be_refused(place, cells; are = cells "cell" "cells"): "{place} 列有 {cells} 格这样读不了，这些行会被退", "{cells} {are} of column {place} cannot be read so: their rows will be refused";
    /// It was kept.
    kept(label): "已存为采集表 {label}，按它重新读取", "Kept as the form {label}; the file is read by it";
    /// Reading goes on.
    reading(file): "正在看「{file}」的各列", "Looking at the columns of \"{file}\"";
    /// The file has no columns.
    no_columns(file): "「{file}」的内容还没有读出，无法对列", "Nothing of \"{file}\" could be read: it has no columns";
}
