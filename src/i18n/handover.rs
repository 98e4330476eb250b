//! Words of the handover: passing on, questions, PINs.

crate::words! {
    /// Something was recorded after the paper was cut.
    MOVED: "逐项确认期间又有新的记录，未交班", "Something was recorded meanwhile: not handed over";
    /// What to do about it.
    MOVED_HINT: "请重新查看后再交班一次", "Look again, then hand over once more";
    /// Closed meanwhile.
    taken_by(name, when): "该班次已由{name}于 {when} 接班", "That shift was taken over by {name} at {when}";
    /// What to do about it.
    TO_ONESELF_HINT: "如需连班（同一人继续值班），请明确选择连班并写明原因", "To go on yourself (a double shift), say so explicitly and give the reason";
    /// Going on is for the officer on duty.
    NOT_THE_SAME: "连班只能由本班值班员本人继续", "Only the officer on duty can go on";
    /// Taking over from oneself.
    ALREADY_ON_DUTY: "您正在值班，无需接班", "You are on duty already";
    /// Nobody is put on duty behind their back.
    ONLY_FOR_ONESELF: "自行接班只能由接班人本人操作", "Only the one who takes over can do this";
    /// A PIN is set and was not given.
    pin_needed(name): "{name}设有口令，签字时须输入", "{name} signs with a PIN: it has to be given";
    /// What to do about it.
    PIN_NEEDED_HINT: "忘记口令时，可由另一位在班值班员取消：zhiban officer pin 姓名 --remove", "A lost PIN can be taken away by another officer on duty: zhiban officer pin NAME --remove";
    /// Wrong PIN.
    PIN_WRONG: "口令不对", "The PIN is wrong";
    /// What to do about it.
    PIN_WRONG_HINT: "连续输错三次后须等候", "After three wrong tries there is a wait";
    /// Too early to try again.
    pin_wait(seconds): "口令多次输错，请等 {seconds} 秒再试", "Too many wrong tries: wait {seconds} s";
    /// There is none.
    NO_PIN: "该值班员没有设口令", "This officer has no PIN";
    /// The one in force is needed.
    OLD_PIN_NEEDED: "须先输入原口令", "The PIN in force is needed";
    /// What to do about it.
    OLD_PIN_HINT: "忘记时，可由另一位在班值班员取消，再重新设置", "If it is lost, another officer on duty can take it away; then set a new one";
    /// Another's PIN.
    ONLY_OWN_PIN: "口令只能由本人设置", "Everyone sets their own PIN";
    /// What to do about it.
    ONLY_OWN_PIN_HINT: "请本人操作：--officer 姓名", "Act as that officer: --officer NAME";
    /// Not a PIN.
    PIN_LENGTH: "口令须为 4 到 64 个字符", "A PIN has 4 to 64 characters";
    /// No such item.
    NO_ITEM: "交班事项中没有这一项，或已确认", "There is no such item of the handover, or it was acknowledged";
    /// No such question, or ended.
    NO_QUESTION: "没有这个未答复的问题", "There is no such open question";
}
