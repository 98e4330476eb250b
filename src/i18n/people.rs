//! Words about people entered by hand.

crate::words! {
    /// What was typed can be no identity number.
    not_id(typed): "“{typed}”不是身份证号：应为 18 位（末位可为 X）或 15 位，或护照、通行证、居留证号码", "“{typed}” is not an ID number: 18 digits (the last may be X), 15 digits, or the number of a passport or permit";
    /// What was typed can be no telephone number.
    not_phone(typed): "“{typed}”不是电话号码；没有号码就不填", "“{typed}” is not a telephone number; leave it blank where there is none";
    /// The check digit or the day of birth of a number that was typed does not fit.
    id_slip(number): "身份证号 {number} 的校验码或出生日期不对，请再核对", "ID number {number}: the check digit or the day of birth does not fit; check it again";
    /// The same, with how to say that it is meant.
    id_ask_again(what): "{what}。证件上确是如此，请在“号码无误”选“是”", "{what}. If the document really says so, choose yes at “Number is right”";
    /// The field of the second yes.
    NUMBER_RIGHT: "号码无误", "Number is right";
    /// What to do about it on the command line.
    ID_SURE_HINT: "请向本人核对；证件上确是如此，请加 --sure", "Ask the person; if the document really says so add --sure";
}
