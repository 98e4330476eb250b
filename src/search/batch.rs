//! People's lines on their way from one thread to another: their texts in one string, for an allocation a thousand
//! people instead of one a field.

use super::found::PersonLine;
use crate::domain::ids::{PersonId, UnitId};

/// Some people's lines.
#[derive(Debug, Default)]
pub struct Batch {
    text: String,
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    id: PersonId,
    unit: Option<UnitId>,
    has_case: bool,
    /// Where number, name, both telephone numbers, ID number and address end in the text.
    ends: [u32; 6],
}

impl Batch {
    /// Adds a line.
    pub fn push(&mut self, line: &PersonLine<'_>) {
        let fields = [line.no, line.name, line.phone, line.family_phone, line.id_number, line.address];
        let ends = fields.map(|field| {
            self.text.push_str(field);
            self.text.len() as u32
        });
        self.rows.push(Row { id: line.id, unit: line.unit, has_case: line.has_case, ends });
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Every line, in the order in which they were added.
    pub fn lines(&self) -> impl Iterator<Item = PersonLine<'_>> {
        let mut from = 0;
        self.rows.iter().map(move |row| {
            let [no, name, phone, family_phone, id_number, address] = row.ends.map(|end| {
                let field = &self.text[from as usize..end as usize];
                from = end;
                field
            });
            let Row { id, unit, has_case, .. } = *row;
            PersonLine { id, no, name, unit, phone, family_phone, id_number, address, has_case }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn lines_come_out_as_they_went_in() {
        let line = |n: u128, name| PersonLine {
            id: PersonId(Uuid::from_u128(n)),
            no: "1",
            name,
            unit: (n > 1).then(|| UnitId(Uuid::from_u128(9))),
            phone: "",
            family_phone: "135",
            id_number: "",
            address: "梅园",
            has_case: n == 1,
        };
        let mut batch = Batch::default();
        assert!(batch.is_empty());
        batch.push(&line(1, "张伟"));
        batch.push(&line(2, ""));
        assert_eq!(batch.len(), 2);
        let out: Vec<String> = batch.lines().map(|line| format!("{line:?}")).collect();
        assert_eq!(out, [format!("{:?}", line(1, "张伟")), format!("{:?}", line(2, ""))]);
    }
}
