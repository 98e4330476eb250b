//! Fonts.
/// Fonts.
#[derive(Debug)]
pub struct Fonts;
impl Fonts {
    /// The fonts.
    pub fn get() -> crate::error::Result<&'static Self> {
        Ok(&Self)
    }
}
