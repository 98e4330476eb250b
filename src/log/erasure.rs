//! How words are taken out of a body ([`PersonErased`](super::event::PersonErased) says which). What is left out is told
//! by its place, never by what stood there, so that the same can be done again to an older copy.

use serde_json::Value;

/// What stands where words were: in both languages, since it is kept as it is.
pub const MARK: &str = "〔已删除 erased〕";

/// A body with [`MARK`] in place of the words at these pointers; nothing when it is no JSON. What is not there is left
/// out: the body of an older copy is the same, and so is what remains of it.
pub fn without(body: &str, at: &[String]) -> Option<String> {
    let mut value: Value = serde_json::from_str(body).ok()?;
    for place in at {
        if let Some(found) = value.pointer_mut(place) {
            *found = Value::String(MARK.to_owned());
        }
    }
    serde_json::to_string(&value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_out_where_they_stand() {
        let body = r#"{"subject":null,"words":"张三 20170001 发热","promise":{"due":1}}"#;
        let left = without(body, &["/words".to_owned(), "/gone".to_owned()]).unwrap();
        assert_eq!(
            serde_json::from_str::<Value>(&left).unwrap(),
            serde_json::json!({"subject": null, "words": MARK, "promise": {"due": 1}})
        );
        assert_eq!(without("no JSON", &[]), None);
    }
}
