//! PDF.
/// PDF.
pub fn pdf(_: &super::Paper, _: &super::fonts::Fonts) -> crate::error::Result<Vec<u8>> {
    Err(crate::error::Error::refused(crate::i18n::paper::NONE))
}
