//! A folder with a small office in it, the real program run on it, and a look at what it left.

use rusqlite::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use tempfile::TempDir;
use zhiban::error::Kind;
use zhiban::store::query::rows::{LogQuery, LogRow};
use zhiban::store::{Reader, Store, check, query};

/// The moment at which the small office was made.
pub const NOW: &str = "2020-02-17T09:00:00+08:00";

const UNITS: &str = "代码,名称,简称,联络人,联络人电话\n\
    U01,土木工程学院,土木,王芳,05320000101\nU02,机械工程学院,机械,李强,05320000102\n";
const ROSTER: &str = "工号,姓名,单位,手机,人员类别\n\
    10001,张伟,土木工程学院,19900001234,教职工\n10002,单晓,土木工程学院,19900005678,教职工\n\
    10003,欧阳娜,机械工程学院,19900009999,博士生\n";
const REPORT: &str = "单位,工号,姓名,上午体温,下午体温,测量部位,是否在鄂,当前状态\n\
    土木工程学院,10001,张伟,36.5,36.6,腋温,否,正常\n土木工程学院,10002,单晓,37.9,36.4,腋温,否,正常\n";

/// A folder of its own. All paths in it are whole and without links, as the shim compares them.
pub struct Ground {
    _folder: TempDir,
    pub root: PathBuf,
}

impl Ground {
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap().join("root");
        fs::create_dir(&root).unwrap();
        Self { _folder: folder, root }
    }

    /// A copy of everything in a folder.
    pub fn copy_of(root: &Path) -> Self {
        let ground = Self::empty();
        copy_all(root, &ground.root);
        ground.forget_place();
        ground
    }

    /// The office here is no second copy of another as far as it knows: the ground it was copied from is only a mould.
    fn forget_place(&self) {
        if self.db().exists() {
            let conn = Connection::open(self.db()).unwrap();
            let known = conn.query_row("SELECT 1 FROM local_value WHERE key = 'place'", [], |_| Ok(()));
            if known.is_ok() {
                conn.execute("DELETE FROM local_value WHERE key = 'place'", []).unwrap();
            }
        }
    }

    /// A copy of the small office: two units, three people, a report, a case, a promise, notes, two officers.
    pub fn office() -> Self {
        static MADE: OnceLock<Ground> = OnceLock::new();
        Self::copy_of(&MADE.get_or_init(Self::made).root)
    }

    fn made() -> Self {
        let ground = Self::empty();
        for (name, text) in [("units.csv", UNITS), ("roster.csv", ROSTER), ("report.csv", REPORT)] {
            fs::write(ground.path(name), text).unwrap();
        }
        fs::write(ground.path("later.csv"), REPORT.replace("36.6", "36.9")).unwrap();
        ground.done(&[
            "init",
            "--office",
            "海岬理工大学",
            "--officer",
            "林岚",
            "--with",
            "周航",
            "--now",
            NOW,
        ]);
        for args in [
            &["import", "units", "units.csv", "--yes"][..],
            &["import", "roster", "roster.csv", "--yes"],
            &["import", "report", "report.csv", "--date", "2020-02-17", "--yes"],
            &["case", "open", "10002", "--category", "fever", "--measure", "home"],
            &["log", "followup", "--on", "unit:U02", "--outcome", "promised", "--promise", "15:00"],
            &["log", "followup", "--on", "person:10002", "--outcome", "not-well", "--note", "已休息"],
            &["contact", "add", "区疾控中心", "--kind", "cdc", "--phone", "05320000001"],
            &["told", "--add", "all.current", "--to", "校办"],
            &["log", "note", "first note"],
        ] {
            ground.done(args);
        }
        ground
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    pub fn db(&self) -> PathBuf {
        self.path("office.db")
    }

    /// The program on the office here; nothing of this machine reaches it, and no printer.
    pub fn zhiban(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhiban"));
        command.arg("--db").arg(self.db()).args(["--lang", "en"]).args(args);
        self.at_home(&mut command);
        command
    }

    /// Everything that a process here keeps lies in this folder.
    pub fn at_home(&self, command: &mut Command) {
        for name in ["LC_ALL", "LC_MESSAGES", "LANG", "ZHIBAN_OFFICER"] {
            command.env_remove(name);
        }
        command.env("HOME", &self.root).env("XDG_DATA_HOME", self.path("data"));
        command.env("XDG_STATE_HOME", self.path("state")).env("XDG_CONFIG_HOME", self.path("config"));
        command.env("PATH", &self.root).current_dir(&self.root);
    }

    pub fn run(&self, args: &[&str]) -> Output {
        self.zhiban(args).output().unwrap()
    }

    /// Runs what must be done.
    pub fn done(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

pub fn copy_all(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            fs::create_dir(&target).unwrap();
            copy_all(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// What a database holds that opens and is sound.
pub struct Look {
    pub rows: Vec<LogRow>,
}

impl Look {
    /// How many ops begin with this kind of event.
    pub fn of_kind(&self, kind: &str) -> usize {
        self.rows.iter().filter(|row| row.kind == kind).count()
    }

    /// How many ops tell this text: all a log row holds is looked through.
    pub fn telling(&self, text: &str) -> usize {
        self.rows.iter().filter(|row| format!("{:?}", row.event).contains(text)).count()
    }
}

/// Opens a database as the program does and checks it; what is wrong, in words, when it is not sound.
pub fn look(db: &Path) -> Result<Look, String> {
    // A backup is never written to, and so is opened to read only.
    let reader = match Store::open(db) {
        Ok(store) => store.reader(),
        Err(error) if error.kind() == Some(Kind::ReadOnly) => Reader::open(db),
        Err(error) => Err(error),
    };
    let reader = reader.map_err(|error| format!("does not open: {error:?}"))?;
    let found = check::check(&reader, None).map_err(|error| format!("cannot be checked: {error:?}"))?;
    if !found.is_sound() {
        return Err(format!("not sound: {found:?}"));
    }
    let wanted = LogQuery { limit: 100_000, ..LogQuery::default() };
    let rows = query::log(&reader, &wanted).map_err(|error| format!("no log: {error:?}"))?.rows;
    Ok(Look { rows })
}

/// Pseudo-random numbers by a fixed seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, most: usize) -> usize {
        // An LCG's upper bits are good enough to choose with.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most.max(1)
    }
}
