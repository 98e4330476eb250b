//! A disk as a power cut leaves it. What was written since a file's last sync may be there, missing, torn, or there
//! without what was written before it; names are durable once their folder was synced, and become so in order.

use super::ground::Dice;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// One line of the shim's journal.
#[derive(Debug)]
pub enum Entry {
    Create(PathBuf),
    Write(PathBuf, u64, Vec<u8>),
    Cut(PathBuf, u64),
    Sync(PathBuf),
    Name(NameOp),
    /// What the process said on its standard output.
    Said(String),
}

/// What happens to names.
#[derive(Clone, Debug)]
pub enum NameOp {
    Add(PathBuf, usize),
    Rename(PathBuf, PathBuf),
    Link(PathBuf, PathBuf),
    Remove(PathBuf),
}

/// Reads a journal.
pub fn journal(mut rest: &[u8]) -> Vec<Entry> {
    let mut entries = Vec::new();
    while !rest.is_empty() {
        let kind = take(&mut rest, 1)[0];
        let (name, other) = (path(&mut rest), path(&mut rest));
        let place = u64::from_le_bytes(take(&mut rest, 8).try_into().unwrap());
        let len = u32::from_le_bytes(take(&mut rest, 4).try_into().unwrap()) as usize;
        let data = take(&mut rest, len).to_vec();
        entries.push(match kind {
            b'c' => Entry::Create(name),
            b'w' => Entry::Write(name, place, data),
            b't' => Entry::Cut(name, place),
            b's' => Entry::Sync(name),
            b'r' => Entry::Name(NameOp::Rename(name, other)),
            b'l' => Entry::Name(NameOp::Link(name, other)),
            b'u' => Entry::Name(NameOp::Remove(name)),
            b'S' => Entry::Said(String::from_utf8_lossy(&data).into_owned()),
            // Folders: each is made again for what lies in it.
            b'm' | b'd' => continue,
            other => panic!("no such entry: {other}"),
        });
    }
    entries
}

fn take<'b>(rest: &mut &'b [u8], len: usize) -> &'b [u8] {
    let (first, more) = rest.split_at(len);
    *rest = more;
    first
}

fn path(rest: &mut &[u8]) -> PathBuf {
    let len = usize::from(u16::from_le_bytes(take(rest, 2).try_into().unwrap()));
    PathBuf::from(String::from_utf8(take(rest, len).to_vec()).unwrap())
}

#[derive(Clone)]
enum Change {
    Write(u64, Vec<u8>),
    Cut(u64),
}

#[derive(Clone, Default)]
struct File {
    durable: Vec<u8>,
    pending: Vec<Change>,
}

/// The disk as it stands after some of the journal.
pub struct Disk {
    root: PathBuf,
    files: Vec<File>,
    names: BTreeMap<PathBuf, usize>,
    durable: BTreeMap<PathBuf, usize>,
    pending: Vec<NameOp>,
}

/// What becomes of what was not synced.
#[derive(Clone, Copy, Debug)]
pub enum Luck {
    /// All of it is lost.
    Lost,
    /// All of it is there.
    Kept,
    /// Of the changes to files only this one is there; names all are.
    Only(usize),
    /// Of the changes to files all but this one are there.
    AllBut(usize),
    /// Each is thrown for; writes may be torn at a sector.
    Thrown(u64),
}

impl Disk {
    /// What a folder holds, all of it on the disk, under the name `root`.
    pub fn of(folder: &Path, root: &Path) -> Self {
        let mut disk = Self {
            root: root.to_owned(),
            files: Vec::new(),
            names: BTreeMap::new(),
            durable: BTreeMap::new(),
            pending: Vec::new(),
        };
        disk.read(folder, root);
        disk.durable = disk.names.clone();
        disk
    }

    fn read(&mut self, folder: &Path, as_name: &Path) {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let (path, name) = (entry.path(), as_name.join(entry.file_name()));
            if path.is_dir() {
                self.read(&path, &name);
            } else {
                self.names.insert(name, self.files.len());
                self.files.push(File { durable: fs::read(&path).unwrap(), pending: Vec::new() });
            }
        }
    }

    /// One more entry of the journal. What was said is not the disk's.
    pub fn apply(&mut self, entry: &Entry) {
        match entry {
            Entry::Create(path) => {
                self.files.push(File::default());
                self.name(NameOp::Add(path.clone(), self.files.len() - 1));
            }
            Entry::Write(path, place, data) => self.change(path, Change::Write(*place, data.clone())),
            Entry::Cut(path, len) => self.change(path, Change::Cut(*len)),
            Entry::Sync(path) => {
                if let Some(&id) = self.names.get(path) {
                    let file = &mut self.files[id];
                    for change in std::mem::take(&mut file.pending) {
                        change.on(&mut file.durable);
                    }
                } else {
                    // A folder: the names in it, in order.
                    let (done, left): (Vec<_>, Vec<_>) =
                        self.pending.drain(..).partition(|op| op.folder() == Some(path.as_path()));
                    for op in &done {
                        op.on(&mut self.durable);
                    }
                    self.pending = left;
                }
            }
            Entry::Name(op) => self.name(op.clone()),
            Entry::Said(_) => {}
        }
    }

    fn name(&mut self, op: NameOp) {
        op.on(&mut self.names);
        self.pending.push(op);
    }

    /// A file that has no name any more cannot come back: what is written to it does not matter.
    fn change(&mut self, path: &Path, change: Change) {
        if let Some(&id) = self.names.get(path) {
            self.files[id].pending.push(change);
        }
    }

    /// How many changes to files are not synced.
    pub fn pending(&self) -> usize {
        self.files.iter().map(|file| file.pending.len()).sum()
    }

    /// The files that a cut leaves now.
    pub fn after_cut(&self, luck: Luck) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut dice = Dice::new(if let Luck::Thrown(seed) = luck { seed } else { 0 });
        let mut names = self.durable.clone();
        let there = match luck {
            Luck::Lost => 0,
            Luck::Thrown(_) => dice.below(self.pending.len() + 1),
            _ => self.pending.len(),
        };
        self.pending[..there].iter().for_each(|op| op.on(&mut names));
        let mut at = 0;
        let contents: Vec<Vec<u8>> = self
            .files
            .iter()
            .map(|file| {
                let mut bytes = file.durable.clone();
                for change in &file.pending {
                    let kept = match luck {
                        Luck::Lost => false,
                        Luck::Kept => true,
                        Luck::Only(one) => at == one,
                        Luck::AllBut(one) => at != one,
                        Luck::Thrown(_) => dice.below(2) == 0,
                    };
                    at += 1;
                    if !kept {
                        continue;
                    }
                    match change {
                        Change::Write(place, data)
                            if matches!(luck, Luck::Thrown(_)) && dice.below(8) == 0 =>
                        {
                            let whole = data.len() / SECTOR * SECTOR;
                            let torn = dice.below(whole / SECTOR + 1) * SECTOR;
                            Change::Write(*place, data[..torn].to_vec()).on(&mut bytes);
                        }
                        change => change.clone().on(&mut bytes),
                    }
                }
                bytes
            })
            .collect();
        names
            .into_iter()
            .map(|(path, id)| (path.strip_prefix(&self.root).unwrap().to_owned(), contents[id].clone()))
            .collect()
    }
}

/// What a disk writes whole or not at all.
const SECTOR: usize = 512;

impl Change {
    fn on(self, bytes: &mut Vec<u8>) {
        match self {
            Self::Write(place, data) => {
                let end = place as usize + data.len();
                if bytes.len() < end {
                    bytes.resize(end, 0);
                }
                bytes[place as usize..end].copy_from_slice(&data);
            }
            Self::Cut(len) => bytes.resize(len as usize, 0),
        }
    }
}

impl NameOp {
    /// The folder whose sync makes it durable.
    fn folder(&self) -> Option<&Path> {
        match self {
            Self::Add(path, _) | Self::Remove(path) | Self::Rename(_, path) | Self::Link(_, path) => {
                path.parent()
            }
        }
    }

    fn on(&self, names: &mut BTreeMap<PathBuf, usize>) {
        match self {
            Self::Add(path, id) => {
                names.insert(path.clone(), *id);
            }
            Self::Rename(from, to) => {
                if let Some(id) = names.remove(from) {
                    names.insert(to.clone(), id);
                }
            }
            Self::Link(from, to) => {
                if let Some(&id) = names.get(from) {
                    names.insert(to.clone(), id);
                }
            }
            Self::Remove(path) => {
                names.remove(path);
            }
        }
    }
}

#[test]
fn what_was_not_synced_may_be_lost_and_what_was_may_not() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::write(root.join("old"), "aaaa").unwrap();
    let mut disk = Disk::of(root, root);
    let write = |name: &str, place, text: &str| Entry::Write(root.join(name), place, text.into());
    let text = |disk: &Disk, luck, name: &str| {
        disk.after_cut(luck).remove(Path::new(name)).map(|bytes| String::from_utf8(bytes).unwrap())
    };
    disk.apply(&write("old", 1, "b"));
    disk.apply(&write("old", 3, "c"));
    assert_eq!(text(&disk, Luck::Lost, "old").unwrap(), "aaaa");
    assert_eq!(text(&disk, Luck::Only(1), "old").unwrap(), "aaac");
    assert_eq!(text(&disk, Luck::AllBut(1), "old").unwrap(), "abaa");
    disk.apply(&Entry::Sync(root.join("old")));
    assert_eq!(text(&disk, Luck::Lost, "old").unwrap(), "abac");
    disk.apply(&Entry::Create(root.join("new")));
    disk.apply(&write("new", 0, "n"));
    disk.apply(&Entry::Sync(root.join("new")));
    assert_eq!(text(&disk, Luck::Lost, "new"), None, "its folder was not synced");
    disk.apply(&Entry::Name(NameOp::Rename(root.join("new"), root.join("name"))));
    disk.apply(&Entry::Sync(root.to_owned()));
    assert_eq!(text(&disk, Luck::Lost, "name").unwrap(), "n");
    disk.apply(&Entry::Name(NameOp::Remove(root.join("name"))));
    assert_eq!(text(&disk, Luck::Lost, "name").unwrap(), "n");
    assert_eq!(text(&disk, Luck::Kept, "name"), None);
}
