//! Names laid out as a tree of their sounds, so that a word only visits what can still fit.

use super::found::Part;
use super::memo::Memo;
use super::pack::{Reader, Writer};
use super::rank;
use super::slip::{self, Slips};
use super::sounds::{SoundNo, Sounds};
use super::word::{Ended, State, Steps, Ways};
use std::collections::HashMap;
use std::sync::OnceLock;

/// A set of names, each with its owner, given in order. An owner may have several.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// The sounds of all names, one after the other.
    sequence: Vec<SoundNo>,
    /// Where each name begins; one more at the end.
    starts: Vec<u32>,
    owners: Vec<u32>,
    /// From their first character on.
    heads: Tree,
    /// From every other character on.
    insides: Tree,
}

/// Names in the order of their sounds, and the tree over them, level by level.
#[derive(Debug, Default)]
struct Tree {
    /// The owners, in the order of the sounds.
    owners: Vec<u32>,
    levels: Vec<Level>,
    /// The nodes of the first level by what they begin with, worked out when first asked for.
    begin: OnceLock<Beginnings>,
}

/// Nodes by what may be typed first for them.
#[derive(Debug, Default)]
struct Beginnings {
    /// By the first letter of one of the spellings, from `a` on.
    letters: [Vec<u32>; 26],
    /// By the character.
    written: HashMap<char, Vec<u32>>,
}

impl Beginnings {
    fn of(level: &Level, sounds: &Sounds) -> Self {
        let mut all = Self::default();
        for (node, sound) in level.sound.iter().enumerate() {
            let node = node as u32;
            all.written.entry(sounds.written(*sound)).or_default().push(node);
            for spelling in sounds.all(*sound).0 {
                let first = sounds.spellings()[usize::from(*spelling)].bytes().next().unwrap_or_default();
                if let Some(nodes) = all.letters.get_mut(usize::from(first.wrapping_sub(b'a')))
                    && nodes.last() != Some(&node)
                {
                    nodes.push(node);
                }
            }
        }
        // A letter of a Latin name is a character that letters are typed for.
        for (at, letter) in ('a'..='z').enumerate() {
            if let Some(nodes) = all.written.remove(&letter) {
                all.letters[at].extend(nodes);
                all.letters[at].sort_unstable();
                all.letters[at].dedup();
            }
        }
        all
    }

    fn with(&self, first: char) -> &[u32] {
        let at = (first as usize).wrapping_sub('a' as usize);
        match self.letters.get(at) {
            Some(nodes) => nodes,
            None => self.written.get(&first).map_or(&[], Vec::as_slice),
        }
    }
}

/// The nodes of one depth.
#[derive(Debug, Default)]
struct Level {
    sound: Vec<SoundNo>,
    /// Where each node's names begin.
    from: Vec<u32>,
    /// Where each node's children begin on the next level; one more at the end.
    kids: Vec<u32>,
}

/// Names that fit equally well: a run of owners.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) score: u16,
    pub(super) inside: bool,
    pub(super) from: u32,
    pub(super) to: u32,
}

impl Names {
    pub(super) fn new() -> Self {
        Self { starts: vec![0], ..Self::default() }
    }

    pub(super) fn push(&mut self, owner: u32, name: &[SoundNo]) {
        if name.is_empty() {
            return;
        }
        self.sequence.extend_from_slice(name);
        self.starts.push(self.sequence.len() as u32);
        self.owners.push(owner);
    }

    /// Lays out the trees, once every name is there.
    pub(super) fn finish(&mut self) {
        let all = || 0..self.owners.len() as u32;
        let heads = all().map(|name| (name, self.starts[name as usize]));
        let insides = all().flat_map(|name| {
            let (from, to) = (self.starts[name as usize], self.starts[name as usize + 1]);
            (from + 1..to).map(move |at| (name, at))
        });
        let (heads, insides) = std::thread::scope(|scope| {
            let other = scope.spawn(|| Tree::build(self, insides, self.sequence.len() - self.owners.len()));
            (Tree::build(self, heads, self.owners.len()), other.join().unwrap_or_default())
        });
        (self.heads, self.insides) = (heads, insides);
    }

    /// The sounds of a name.
    pub(super) fn sounds(&self, name: usize) -> &[SoundNo] {
        &self.sequence[self.starts[name] as usize..self.starts[name + 1] as usize]
    }

    /// The names of an owner.
    pub(super) fn names_of(&self, owner: u32) -> std::ops::Range<usize> {
        super::numbers::entries_of(&self.owners, owner)
    }

    /// The owners of a run.
    pub(super) fn run(&self, run: Run) -> &[u32] {
        let tree = if run.inside { &self.insides } else { &self.heads };
        &tree.owners[run.from as usize..run.to as usize]
    }

    /// Calls `found` for every run of names that the word fits, from their beginning or inside.
    pub(super) fn find(
        &self,
        steps: &Steps<'_>,
        written: bool,
        ways: Ways,
        inside: bool,
        found: &mut dyn FnMut(Run),
    ) {
        let tree = if inside { &self.insides } else { &self.heads };
        let mut walk = Walk { tree, steps, written, ways, inside, memo: Memo::new(steps.sounds()) };
        match steps.first() {
            Some(first) => {
                for at in tree.begin(steps.all_sounds()).with(first) {
                    walk.node(0, tree.top(), *at as usize, None, &State::START, found);
                }
            }
            None => walk.level(0, tree.top(), &State::START, found),
        }
    }

    /// Calls `found` for every run of names that the word fits but for one slip, from their beginning or inside.
    pub(super) fn find_slipped(&self, slips: &Slips<'_>, inside: bool, found: &mut dyn FnMut(Run)) {
        let tree = if inside { &self.insides } else { &self.heads };
        let mut walk =
            SlipWalk { tree, slips, inside, memo: Memo::new(slips.all_sounds().spellings().len()) };
        match slips.first() {
            Some(first) => {
                let row = walk.memo.row(slips.start());
                for at in tree.begin(slips.all_sounds()).with(first) {
                    walk.node(0, tree.top(), *at as usize, row, &slips.start(), found);
                }
            }
            None => walk.level(0, tree.top(), &slips.start(), found),
        }
    }

    /// Calls `found` with the number of every name whose letters hold the word's in order, beginning alike, until
    /// it answers no.
    pub(super) fn near(&self, sounds: &Sounds, word: &[char], found: &mut dyn FnMut(&[u32]) -> bool) {
        near_level(&self.heads, sounds, word, 0, self.heads.top(), 0, found);
    }

    pub(super) fn write(&self, to: &mut Writer) {
        to.u16s(&self.sequence);
        to.u32s(&self.starts);
        to.u32s(&self.owners);
        for tree in [&self.heads, &self.insides] {
            to.u32s(&tree.owners);
            to.u32s(&[tree.levels.len() as u32]);
            for level in &tree.levels {
                to.u16s(&level.sound);
                to.u32s(&level.from);
                to.u32s(&level.kids);
            }
        }
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Option<Self> {
        let mut names =
            Self { sequence: from.u16s()?, starts: from.u32s()?, owners: from.u32s()?, ..Self::default() };
        for tree in [&mut names.heads, &mut names.insides] {
            tree.owners = from.u32s()?;
            let count = *from.u32s()?.first()?;
            for _ in 0..count {
                tree.levels.push(Level { sound: from.u16s()?, from: from.u32s()?, kids: from.u32s()? });
            }
        }
        Some(names)
    }
}

/// Nodes `from..to` of a level, whose names end at `end`.
#[derive(Debug, Clone, Copy)]
struct Nodes {
    from: usize,
    to: usize,
    end: u32,
}

impl Tree {
    /// The nodes of the first level by what they begin with.
    fn begin(&self, sounds: &Sounds) -> &Beginnings {
        self.begin.get_or_init(|| {
            self.levels.first().map_or_else(Beginnings::default, |level| Beginnings::of(level, sounds))
        })
    }

    fn top(&self) -> Nodes {
        let to = self.levels.first().map_or(0, |level| level.sound.len());
        Nodes { from: 0, to, end: self.owners.len() as u32 }
    }

    /// The names of one node: where they begin, where those that go on begin, where they end, and its children.
    fn node(&self, depth: usize, nodes: Nodes, at: usize) -> (u32, u32, Nodes) {
        let level = &self.levels[depth];
        let end = if at + 1 < nodes.to { level.from[at + 1] } else { nodes.end };
        let (from, to) = (level.kids[at] as usize, level.kids[at + 1] as usize);
        let longer = if from < to { self.levels[depth + 1].from[from] } else { end };
        (level.from[at], longer, Nodes { from, to, end })
    }

    /// `places`: names by number, with where in `sequence` each begins to be looked at; `count` of them.
    fn build(names: &Names, places: impl Iterator<Item = (u32, u32)>, count: usize) -> Self {
        // Four sounds, 0 for none, in one number: most names differ there.
        let rest =
            |name: u32, at: u32| &names.sequence[at as usize..names.starts[name as usize + 1] as usize];
        let mut sorted: Vec<(u64, u32, u32)> = super::room_to_work(count);
        sorted.extend(places.map(|(name, at)| {
            let key = rest(name, at).iter().chain(std::iter::repeat(&SoundNo::MAX)).take(4);
            (key.fold(0, |key, sound| key << 16 | u64::from(sound.wrapping_add(1))), name, at)
        }));
        sorted.sort_unstable_by(|a, b| {
            a.0.cmp(&b.0).then_with(|| {
                if a.0.trailing_zeros() >= 16 {
                    return a.1.cmp(&b.1);
                }
                rest(a.1, a.2).cmp(rest(b.1, b.2)).then(a.1.cmp(&b.1))
            })
        });
        let mut tree =
            Self { owners: sorted.iter().map(|s| names.owners[s.1 as usize]).collect(), ..Self::default() };
        let at_depth = |place: usize, depth: usize| -> Option<SoundNo> {
            let (key, name, at) = sorted[place];
            if depth < 4 {
                let sound = (key >> (48 - 16 * depth) & 0xffff) as u16;
                return (sound != 0).then(|| sound - 1);
            }
            rest(name, at).get(depth).copied()
        };
        // The parts of `sorted` below each node of the level above.
        let mut above: Vec<(u32, u32)> = super::room_to_work(sorted.len());
        above.push((0, sorted.len() as u32));
        let mut ends: Vec<(u32, u32)> = super::room_to_work(sorted.len());
        for depth in 0.. {
            let mut level = Level::default();
            let mut kids: Vec<u32> = Vec::with_capacity(above.len() + 1);
            for (from, to) in above.drain(..) {
                kids.push(level.sound.len() as u32);
                let mut at = from;
                // Names that end at the node above come first.
                while at < to && at_depth(at as usize, depth).is_none() {
                    at += 1;
                }
                while at < to {
                    let Some(sound) = at_depth(at as usize, depth) else { break };
                    let first = at;
                    while at < to && at_depth(at as usize, depth) == Some(sound) {
                        at += 1;
                    }
                    level.sound.push(sound);
                    level.from.push(first);
                    ends.push((first, at));
                }
            }
            kids.push(level.sound.len() as u32);
            if let Some(parent) = tree.levels.last_mut() {
                parent.kids = kids;
            }
            if level.sound.is_empty() {
                break;
            }
            level.sound.shrink_to_fit();
            level.from.shrink_to_fit();
            tree.levels.push(level);
            std::mem::swap(&mut above, &mut ends);
        }
        tree
    }
}

/// Children from which on it pays to remember: fewer are walked over at once.
const MANY: usize = 8;

struct Walk<'a> {
    tree: &'a Tree,
    steps: &'a Steps<'a>,
    written: bool,
    ways: Ways,
    inside: bool,
    memo: Memo<State, (State, [Option<Ended>; 2])>,
}

impl Walk<'_> {
    fn level(&mut self, depth: usize, nodes: Nodes, state: &State, found: &mut dyn FnMut(Run)) {
        // Nothing below the top is met from its state again.
        let row = (depth > 0 && nodes.to - nodes.from >= MANY).then(|| self.memo.row(*state));
        for at in nodes.from..nodes.to {
            self.node(depth, nodes, at, row, state, found);
        }
    }

    fn node(
        &mut self,
        depth: usize,
        nodes: Nodes,
        at: usize,
        row: Option<usize>,
        state: &State,
        found: &mut dyn FnMut(Run),
    ) {
        let Some(level) = self.tree.levels.get(depth) else { return };
        let (steps, ways) = (self.steps, self.ways);
        let sound = level.sound[at];
        let over = match row {
            Some(row) => self.memo.over(row, sound, || steps.over(state, sound, ways)),
            None => steps.over(state, sound, ways),
        };
        let Some((to, ended)) = over else { return };
        let (from, longer, kids) = self.tree.node(depth, nodes, at);
        for ended in ended.into_iter().flatten() {
            let mut tell = |last, from, to| {
                if from < to {
                    let score = rank::name(ended, rank::part(!self.inside, last, ended), self.written);
                    found(Run { score, inside: self.inside, from, to });
                }
            };
            tell(true, from, longer);
            tell(false, longer, kids.end);
        }
        if kids.from < kids.to && steps.goes_on(&to, ways) {
            self.level(depth + 1, kids, &to, found);
        }
    }
}

struct SlipWalk<'a> {
    tree: &'a Tree,
    slips: &'a Slips<'a>,
    inside: bool,
    /// By spelling: of these there are far fewer than sounds.
    memo: Memo<slip::State, slip::Spelt>,
}

impl SlipWalk<'_> {
    fn level(&mut self, depth: usize, nodes: Nodes, state: &slip::State, found: &mut dyn FnMut(Run)) {
        let row = self.memo.row(*state);
        for at in nodes.from..nodes.to {
            self.node(depth, nodes, at, row, state, found);
        }
    }

    fn node(
        &mut self,
        depth: usize,
        nodes: Nodes,
        at: usize,
        row: usize,
        state: &slip::State,
        found: &mut dyn FnMut(Run),
    ) {
        let Some(level) = self.tree.levels.get(depth) else { return };
        let (slips, memo) = (self.slips, &mut self.memo);
        let over = slips.over(state, level.sound[at], |no| memo.over(row, no, || slips.spelling(state, no)));
        let Some((to, ended)) = over else { return };
        let (from, longer, kids) = self.tree.node(depth, nodes, at);
        if let Some(ended) = ended {
            let whole = if ended.finished { Part::Whole } else { Part::Head };
            for (part, from, to) in [(whole, from, longer), (Part::Head, longer, kids.end)] {
                if from < to {
                    let score = if self.inside { rank::SLIP_INSIDE } else { slips.score(ended.full, part) };
                    found(Run { score, inside: self.inside, from, to });
                }
            }
        }
        if kids.from < kids.to && slips.goes_on(&to) {
            self.level(depth + 1, kids, &to, found);
        }
    }
}

fn near_level(
    tree: &Tree,
    sounds: &Sounds,
    word: &[char],
    depth: usize,
    nodes: Nodes,
    done: usize,
    found: &mut dyn FnMut(&[u32]) -> bool,
) -> bool {
    let Some(level) = tree.levels.get(depth) else { return true };
    for at in nodes.from..nodes.to {
        let sound = level.sound[at];
        let first =
            sounds.spelt(sound).0.first().map(|spelling| sounds.spellings()[usize::from(*spelling)].as_str());
        let mut now = done;
        match first {
            Some(spelling) => {
                for letter in spelling.chars() {
                    now += usize::from(word.get(now) == Some(&letter));
                }
                if depth == 0 && spelling.chars().next() != word.first().copied() {
                    continue;
                }
            }
            None => now += usize::from(word.get(now) == Some(&sounds.written(sound))),
        }
        if depth == 0 && now == 0 {
            continue;
        }
        let (from, _, kids) = tree.node(depth, nodes, at);
        let more = if now == word.len() {
            found(&tree.owners[from as usize..kids.end as usize])
        } else {
            near_level(tree, sounds, word, depth + 1, kids, now, found)
        };
        if !more {
            return false;
        }
    }
    true
}
