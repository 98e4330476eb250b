use super::file::MAX_COLUMNS;
use super::*;

#[test]
fn every_ledger_that_comes_with_the_program_is_well_formed() {
    for text in SHIPPED {
        let read = Ledger::parse(text);
        assert!(read.is_ok(), "{:?} in {}", read.err(), text.lines().next().unwrap_or_default());
    }
    assert_eq!(shipped().len(), SHIPPED.len());
    let names: std::collections::BTreeSet<&str> =
        shipped().iter().map(|ledger| ledger.name.as_str()).collect();
    assert_eq!(names.len(), SHIPPED.len());
}

const SMALL: &str = "name = \"keys\"\nversion = 1\nwhat = \"ledger\"\ntitle = { zh = \"钥匙\", en = \"Keys\" }\n\
    [[column]]\nfield = \"room\"\ntitle = { zh = \"房间\", en = \"Room\" }\nrequired = true\n";

fn wrong(text: &str) -> (usize, Wrong) {
    let fault = Ledger::parse(text).unwrap_err();
    (fault.line, fault.wrong)
}

#[test]
fn what_is_wrong_with_a_declaration_is_told_with_its_line() {
    assert!(Ledger::parse(SMALL).is_ok());
    let with = |more: &str| format!("{SMALL}{more}");
    assert_eq!(
        wrong(&with("default = \"mvoe\"\n")),
        (9, Wrong::Unknown("mvoe".to_owned(), "mvoe".to_owned()))
    );
    assert_eq!(wrong(&with("references = \"planet\"\n")), (9, Wrong::Link("planet".to_owned())));
    assert!(
        matches!(wrong(&with("colour = \"red\"\n")), (9, Wrong::Syntax(line, _)) if line == "colour = \"red\"")
    );
    assert_eq!(wrong(&SMALL.replace("\"keys\"", "\"Keys\"")), (1, Wrong::Name("Keys".to_owned())));
    let states = "[states]\ninitial = \"in\"\nfinal = [\"gone\"]\n";
    assert_eq!(wrong(&with(states)), (11, Wrong::State("gone".to_owned())));
    let out = "[[transition]]\nname = \"out\"\ntitle = { zh = \"借出\", en = \"lent\" }\nfrom = [\"in\"]\nto = \"out\"\n";
    assert_eq!(
        wrong(&with(&format!("[states]\ninitial = \"in\"\n{out}"))),
        (15, Wrong::Stuck("out".to_owned()))
    );
    let due = "[[due]]\nid = \"d\"\ntitle = { zh = \"盘点\", en = \"count\" }\nevery = \"7 days\"\n\
        applies_to = \"key\"\nresolved_if = \"true\"\n";
    assert_eq!(wrong(&with(due)), (12, Wrong::Duration("7 days".to_owned())));
    assert_eq!(
        wrong(&with(&due.replace("applies_to = \"key\"\n", "").replace("7 days", "7d"))).1,
        Wrong::When("d".to_owned())
    );
}

#[test]
fn a_field_may_have_a_name_that_sheets_give_another_meaning() {
    let kind = "[[column]]\nfield = \"kind\"\ntitle = { zh = \"种类\", en = \"Kind\" }\ntype = \"code\"\ncodes = { card = [\"门卡\"] }\n";
    let ledger = Ledger::parse(&format!("{SMALL}{kind}")).unwrap();
    assert_eq!(ledger.part.column("kind").unwrap().field.code_for("门卡"), Some("card"));
}

#[test]
fn a_hostile_declaration_is_refused() {
    let column = |n: usize| format!("[[column]]\nfield = \"c{n}\"\ntitle = {{ zh = \"x\", en = \"x\" }}\n");
    let many: String = (0..10_000).map(column).collect();
    assert_eq!(wrong(&format!("{SMALL}{many}")).1, Wrong::TooLarge);
    let more: String = (0..MAX_COLUMNS).map(column).collect();
    assert_eq!(wrong(&format!("{SMALL}{more}")).1, Wrong::TooLarge);
    let deep = format!("{SMALL}default = \"{}\"\n", "(".repeat(17));
    assert_eq!(wrong(&deep).1, Wrong::Deep);
    assert!(Ledger::parse(&format!("{SMALL}hint = {}\n", "[".repeat(100))).is_err());
}

#[test]
fn a_second_person_is_refused_and_a_state_has_a_word() {
    let two = "[[column]]\nfield = \"p\"\ntitle = { zh = \"甲\", en = \"A\" }\nreferences = \"person\"\n";
    let text = format!("{SMALL}{two}{}", two.replace("\"p\"", "\"q\""));
    assert_eq!(wrong(&text).1, Wrong::TwoPeople("q".to_owned()));
    let inspections = shipped().iter().find(|ledger| ledger.name == "inspections").unwrap();
    let lines = inspections.part(true).unwrap();
    assert_eq!(lines.states(), ["open", "to-check", "closed", "reopened"]);
    assert_eq!(
        (lines.state_title("to-check").zh.as_str(), lines.state_title("nowhere").zh.as_str()),
        ("待复查", "nowhere")
    );
}

#[test]
fn what_makes_much_of_little_is_refused() {
    let with = |text: &str| format!("{SMALL}default = \"{text}\"\n");
    for text in ["'x' * 3", "(1,) * 3", "2 ** 3"] {
        assert!(matches!(wrong(&with(text)).1, Wrong::Expression(_)), "{text}");
    }
}

#[test]
fn a_word_that_would_have_no_effect_is_refused() {
    let due = |when: &str| {
        format!(
            "{SMALL}[[due]]\nid = \"d\"\ntitle = {{ zh = \"盘点\", en = \"count\" }}\n{when}resolved_if = \"true\"\n"
        )
    };
    let every = "applies_to = \"key\"\nevery = \"7d\"\n";
    assert!(Ledger::parse(&due(every)).is_ok());
    assert_eq!(wrong(&due(&format!("{every}until = \"true\"\n"))).1, Wrong::NotHere("until".to_owned()));
    assert_eq!(wrong(&due("anchor = \"now\"\n")).1, Wrong::Moment("now".to_owned()));
    let of_lines = "[[column]]\nfield = \"unit\"\ntitle = { zh = \"单位\", en = \"Unit\" }\nreferences = \"unit\"\n\
        [lines]\ntitle = { zh = \"行\", en = \"Lines\" }\n\
        [[lines.column]]\nfield = \"by\"\ntitle = { zh = \"期限\", en = \"By\" }\ntype = \"date\"\n\
        [[lines.due]]\nid = \"d\"\ntitle = { zh = \"办\", en = \"do\" }\nanchor = \"by\"\n";
    let of_line =
        |when: &str| format!("{SMALL}{of_lines}applies_if = \"{when}\"\nresolved_if = \"not by\"\n");
    assert!(Ledger::parse(&of_line("parent.unit")).is_ok());
    assert_eq!(wrong(&of_line("parent.unit.reports")).1, Wrong::Moment("parent.unit.reports".to_owned()));
    let elsewhere = "applies_to = \"ledger:places\"\nevery = \"1d\"\n";
    assert!(matches!(wrong(&due(elsewhere)).1, Wrong::Column(_)));
}

#[test]
fn what_the_language_learned_later_may_be_a_columns_name() {
    for name in ["fever", "before", "minutes"] {
        let column = format!("[[column]]\nfield = \"{name}\"\ntitle = {{ zh = \"栏\", en = \"Column\" }}\n");
        assert!(Ledger::parse(&format!("{SMALL}{column}")).is_ok(), "{name}");
    }
}

#[test]
fn days_and_moments_are_read_as_they_are_said() {
    use crate::domain::time::{Calendar, Ts};
    let now = Ts::from_rfc3339("2020-02-17T10:14:00+08:00").unwrap();
    let text = format!(
        "{SMALL}[[column]]\nfield = \"day\"\ntitle = {{ zh = \"日\", en = \"Day\" }}\ntype = \"date\"\n\
         [[column]]\nfield = \"until\"\ntitle = {{ zh = \"至\", en = \"Until\" }}\ntype = \"datetime\"\n"
    );
    let ledger = Ledger::parse(&text).unwrap();
    let read = |name: &str, raw: &str| ledger.part.column(name).unwrap().read(raw, now, Calendar::default());
    for (raw, day) in [
        ("今天", "2020-02-17"),
        ("today", "2020-02-17"),
        ("昨天", "2020-02-16"),
        ("2.17", "2020-02-17"),
        ("2.16", "2020-02-16"),
        ("3天后", "2020-02-20"),
        ("明天", "2020-02-18"),
        ("2月16日", "2020-02-16"),
    ] {
        assert_eq!(read("day", raw).as_deref(), Ok(day), "{raw}");
    }
    for (raw, moment) in [
        ("半小时后", "2020-02-17 10:44"),
        ("30m", "2020-02-17 10:44"),
        ("明天9点", "2020-02-18 09:00"),
        ("9:30", "2020-02-17 09:30"),
        ("2020-02-16 08:00", "2020-02-16 08:00"),
        ("半小时前", "2020-02-17 09:44"),
    ] {
        assert_eq!(read("until", raw).as_deref(), Ok(moment), "{raw}");
    }
}

#[test]
fn what_is_proposed_is_looked_at_where_it_is_declared() {
    let person =
        "[[column]]\nfield = \"who\"\ntitle = { zh = \"谁\", en = \"Who\" }\nreferences = \"person\"\n";
    let raise = |text: &str| format!("{SMALL}{person}[[raise]]\n{text}");
    let case = "to = \"case\"\nwhen = \"room == '101'\"\nset = { category = \"'fever'\", note = \"room\" }\n";
    let ledger = Ledger::parse(&raise(case)).unwrap();
    assert_eq!(ledger.part.raise("case").unwrap().target.code(), "case");
    // Said of nobody, of something the program does not have, of what stands there twice.
    assert_eq!(wrong(&format!("{SMALL}[[raise]]\n{case}")), (10, Wrong::Nobody));
    assert_eq!(wrong(&raise(&case.replace("case", "incident"))), (14, Wrong::Raise("incident".to_owned())));
    assert_eq!(wrong(&raise(&case.replace("case", "doubt"))), (14, Wrong::Raise("doubt".to_owned())));
    assert_eq!(wrong(&raise(&format!("{case}[[raise]]\n{case}"))).1, Wrong::Twice("case".to_owned()));
    assert!(Ledger::parse(&raise(&format!("{case}[[raise]]\nid = \"again\"\n{case}"))).is_ok());
    // What is set is a field, and takes what is set; what it follows from is settled when the entry is written.
    assert_eq!(wrong(&raise(&case.replace("note", "notes"))), (16, Wrong::CaseField("notes".to_owned())));
    let value = Wrong::Value("category".to_owned(), "'fevers'".to_owned());
    assert_eq!(wrong(&raise(&case.replace("fever", "fevers"))), (16, value));
    assert_eq!(wrong(&raise(&case.replace("room == '101'", "fevers(who, now, now)"))).0, 15);
    assert!(matches!(wrong(&raise(&case.replace("= \"room\"", "= \"rooms\""))).1, Wrong::Unknown(..)));

    let other = "to = \"supplies\"\nwhen = \"room\"\nset = { item = \"'mask'\", quantity = \"5\" }\n";
    let known = |name: &str| shipped().iter().find(|ledger| ledger.name == name).cloned();
    let fit = |text: &str| {
        let fault = Ledger::parse(&raise(text)).unwrap().raises_fit(&known).unwrap_err();
        (fault.line, fault.wrong)
    };
    assert!(Ledger::parse(&raise(other)).unwrap().raises_fit(&known).is_ok());
    assert!(
        Ledger::parse(&raise(&other.replace("supplies", "ledger:supplies")))
            .unwrap()
            .raises_fit(&known)
            .is_ok()
    );
    assert_eq!(fit(&other.replace("supplies", "stores")), (14, Wrong::NoLedger("stores".to_owned())));
    let column = Wrong::ColumnOf("supplies".to_owned(), "items".to_owned());
    assert_eq!(fit(&other.replace("item", "items")), (16, column));
    let value = Wrong::Value("quantity".to_owned(), "'many'".to_owned());
    assert_eq!(fit(&other.replace("\"5\"", "\"'many'\"")), (16, value));
    for ledger in shipped() {
        assert_eq!(ledger.raises_fit(&known), Ok(()), "{}", ledger.name);
    }
}

#[test]
fn a_transition_has_a_letter_that_nothing_else_has() {
    let step = |key: &str| {
        format!(
            "{SMALL}[states]\ninitial = \"in\"\nfinal = [\"out\"]\n[[transition]]\nname = \"go\"\n\
             title = {{ zh = \"走\", en = \"go\" }}\nfrom = [\"in\"]\nto = \"out\"\nkey = \"{key}\"\n"
        )
    };
    assert_eq!(Ledger::parse(&step("r")).unwrap().part.transitions[0].key, Some('r'));
    assert_eq!(wrong(&step("a")), (17, Wrong::Key("a".to_owned())));
    assert_eq!(wrong(&step("rr")), (17, Wrong::Key("rr".to_owned())));
    assert_eq!(wrong(&step("")), (17, Wrong::Key(String::new())));
    let again = "[[transition]]\nname = \"come\"\ntitle = { zh = \"来\", en = \"come\" }\nfrom = [\"in\"]\nto = \"out\"\nkey = \"r\"\n";
    assert_eq!(wrong(&format!("{}{again}", step("r"))).1, Wrong::Twice("r".to_owned()));
}

#[test]
fn what_is_due_so_many_times_has_a_moment_a_length_and_a_number() {
    let due = |when: &str| {
        format!(
            "{SMALL}[[column]]\nfield = \"by\"\ntitle = {{ zh = \"日\", en = \"Day\" }}\ntype = \"date\"\n\
             [[due]]\nid = \"d\"\ntitle = {{ zh = \"办\", en = \"do\" }}\n{when}resolved_if = \"not by\"\n"
        )
    };
    let ledger = Ledger::parse(&due("anchor = \"by\"\nevery = \"1d\"\ncount = 3\n")).unwrap();
    let When::After { each, .. } = &ledger.part.dues[0].when else { panic!("it has a moment") };
    assert_eq!(each.iter().map(|ms| ms / 86_400_000).collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(wrong(&due("anchor = \"by\"\ncount = 3\n")).1, Wrong::NotHere("count".to_owned()));
    let every = "applies_to = \"unit\"\nevery = \"1d\"\ncount = 3\n";
    assert_eq!(wrong(&due(every)).1, Wrong::NotHere("count".to_owned()));
    for count in ["0", "101"] {
        let text = due(&format!("anchor = \"by\"\nevery = \"1d\"\ncount = {count}\n"));
        assert_eq!(wrong(&text), (18, Wrong::When("d".to_owned())));
    }
    assert_eq!(wrong(&due("anchor = \"by\"\nevery = \"1d\"\n")).1, Wrong::When("d".to_owned()));
}

#[test]
fn what_stands_before_an_entry_is_asked_for_where_it_can_be() {
    let column = |word: &str| {
        format!("{SMALL}[[column]]\nfield = \"who\"\ntitle = {{ zh = \"谁\", en = \"Who\" }}\n{word}\n")
    };
    let before = "\"who != before('room').who\"";
    assert!(Ledger::parse(&column(&format!("constraint = {before}"))).is_ok());
    let here = Wrong::NotHere("before".to_owned());
    assert_eq!(wrong(&column(&format!("relevant = {before}"))).1, here);
    let lines = "[lines]\ntitle = { zh = \"行\", en = \"Lines\" }\n[[lines.column]]\nfield = \"who\"\ntitle = { zh = \"谁\", en = \"Who\" }\n";
    assert_eq!(wrong(&format!("{SMALL}{lines}constraint = {before}\n")).1, here);
    let group = "[[check]]\nid = \"c\"\nsum = [\"count()\"]\nequals = \"1\"\ngroup = \"rooms\"\n";
    assert_eq!(wrong(&format!("{SMALL}{group}")), (13, Wrong::Column("rooms".to_owned())));
}
