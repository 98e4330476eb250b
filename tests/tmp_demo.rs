#[test]
fn make() {
    let path = std::path::PathBuf::from("/tmp/pap/office.db");
    let _ = std::fs::remove_dir_all("/tmp/pap");
    std::fs::create_dir_all("/tmp/pap").unwrap();
    let t = std::time::Instant::now();
    zhiban::demo::create(&path, zhiban::demo::Size::default()).unwrap();
    eprintln!("{:?}", t.elapsed());
}
