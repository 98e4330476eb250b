PRAGMA application_id = 2053661294;
PRAGMA user_version = 3;
BEGIN TRANSACTION;
CREATE TABLE cur_case (
  id BLOB PRIMARY KEY, person BLOB NOT NULL, opened_at INTEGER NOT NULL, facts TEXT NOT NULL, changed_desk INTEGER NOT NULL,
  changed_seq INTEGER NOT NULL,
  desk INTEGER NOT NULL, seq INTEGER NOT NULL, released_at INTEGER, released_by BLOB, release_reason TEXT
) STRICT, WITHOUT ROWID;
INSERT INTO "cur_case" VALUES(X'01A2288EE67679338E2CB3B8C318EB38',X'01A2288EE583731BA1CAD4C68E982163',1795976783478,'{"categories":["fever"],"measure":"campus","place":"南区观察楼","start":"2026-11-30","days":14,"note":"午后量得三十七度八"}',1,11,1,9,NULL,NULL,NULL);
INSERT INTO "cur_case" VALUES(X'01A2288EE6A37AFB999D9102E5A462AF',X'01A2288EE5837039AAF8762CE4AB9118',1795976783523,'{"categories":["contact"],"measure":"home","start":"2026-11-30","days":14}',1,20,1,10,1795976783811,X'01A2288EE4EF73CB884920E58725EA79','误报');
CREATE TABLE cur_contact ( -- a removed one stays, for the name on old calls
  id BLOB PRIMARY KEY, kind TEXT NOT NULL, org TEXT NOT NULL, name TEXT NOT NULL, phone TEXT NOT NULL,
  note TEXT NOT NULL, title TEXT NOT NULL, removed INTEGER NOT NULL, keys TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "cur_contact" VALUES(X'01A2288EE7D07ED1BE0F851838A2ED98','cdc','海岬市疾控中心','值班室','0999-5550001','','海岬市疾控中心 值班室',0,'haijiashijikongzhongxin haijiafujikongzhongxin haijiashijiqiangzhongxin haijiafujiqiangzhongxin hjsjkzx hjfjkzx hjsjqzx hjfjqzx zhibanshi zbs');
CREATE TABLE cur_deadline ( -- nil unit: the round's own
  unit BLOB NOT NULL, round TEXT NOT NULL, from_at INTEGER NOT NULL, minute INTEGER,
  PRIMARY KEY (unit, round, from_at)
) STRICT, WITHOUT ROWID;
INSERT INTO "cur_deadline" VALUES(X'00000000000000000000000000000000','day',1795976783087,600);
CREATE TABLE cur_followup (
  id BLOB PRIMARY KEY, at INTEGER NOT NULL, officer BLOB, person BLOB, unit BLOB, contact BLOB, channel TEXT NOT NULL,
  answered_by TEXT NOT NULL, outcome TEXT NOT NULL, words TEXT NOT NULL, number TEXT NOT NULL,
  digits TEXT NOT NULL, -- of the number: how two ways of writing it are one
  promise BLOB,
  next_contact INTEGER, chase_unit BLOB, chase_day INTEGER, chase_round TEXT, desk INTEGER NOT NULL, seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "cur_followup" VALUES(X'01A2288EE6DB72F4919C6B0E9865F3D9',1795976783579,X'01A2288EE4EF73CB884920E58725EA79',X'01A2288EE583731BA1CAD4C68E982163',NULL,NULL,'phone','','well','已退烧，晚间再量','','',X'01A2288EE6DB719DA1ED32646342B7FB',NULL,NULL,NULL,NULL,1,12);
INSERT INTO "cur_followup" VALUES(X'01A2288EE6E9728487C2CEAF5E0CDB66',1795976783593,X'01A2288EE4EF73CB884920E58725EA79',X'01A2288EE5837039AAF8762CE4AB9118',NULL,NULL,'phone','','not-reached','','','',NULL,NULL,NULL,NULL,NULL,1,13);
INSERT INTO "cur_followup" VALUES(X'01A2288EE6F5734DA8061FE0D22DB3A3',1795976783605,X'01A2288EE4EF73CB884920E58725EA79',NULL,NULL,NULL,'incoming','','informed','来问何时返校','19900003005','19900003005',NULL,NULL,NULL,NULL,NULL,1,14);
CREATE TABLE cur_line ( -- an op in words, in both languages: what the log's filter looks through
  desk INTEGER NOT NULL, seq INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (desk, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO "cur_line" VALUES(1,1,'office.opened
启用值班台：海岬理工大学
office opened: 海岬理工大学
rules.adopted
启用规则第 1 版
rules version 1 adopted
officer.added
新增值班员：甲
officer added: 甲
officer.added
新增值班员：乙
officer added: 乙
shift.started
开始值班
shift started
');
INSERT INTO "cur_line" VALUES(1,2,'unit.added
新增单位 T01 图书馆
unit added: T01 图书馆
');
INSERT INTO "cur_line" VALUES(1,3,'unit.added
新增单位 H02 后勤处
unit added: H02 后勤处
');
INSERT INTO "cur_line" VALUES(1,4,'form.adopted
启用采集表 roster 第 1 版
form roster version 1 adopted
sheet.imported
导入 roster.csv：收 4 行，无变化 0，未收 0
imported roster.csv: 4 taken, 0 unchanged, 0 rejected
');
INSERT INTO "cur_line" VALUES(1,5,'form.adopted
启用采集表 staff 第 2 版
form staff version 2 adopted
sheet.imported
导入 report.csv：收 2 行，无变化 0，未收 0
imported report.csv: 2 taken, 0 unchanged, 0 rejected
report.received
收到 2026-11-30 日报，2 人
report of 2026-11-30 received, 2 rows
');
INSERT INTO "cur_line" VALUES(1,6,'report.received
收到 2026-11-30 零报告
zero report of 2026-11-30 received
');
INSERT INTO "cur_line" VALUES(1,7,'person.added
新增人员 3005，本人告知
person added: 3005, told by 本人
');
INSERT INTO "cur_line" VALUES(1,8,'person.changed
更正人员资料：住址，本人告知
person corrected: address, told by 本人
');
INSERT INTO "cur_line" VALUES(1,9,'case.opened
列入重点关注：发热或症状，校内隔离，自 2026-11-30 起算，校医院观察室，午后量得三十七度八
case opened: fever, campus, counted from 2026-11-30, 校医院观察室, 午后量得三十七度八
');
INSERT INTO "cur_line" VALUES(1,10,'case.opened
列入重点关注：接触病例，居家观察，自 2026-11-30 起算
case opened: contact, home, counted from 2026-11-30
');
INSERT INTO "cur_line" VALUES(1,11,'case.changed
修改重点关注：南区观察楼，换房
case changed: 南区观察楼, 换房
');
INSERT INTO "cur_line" VALUES(1,12,'followup.logged
电话，正常，已退烧，晚间再量，有承诺
phone, well, 已退烧，晚间再量, with a promise
');
INSERT INTO "cur_line" VALUES(1,13,'followup.logged
电话，未接通
phone, not reached
');
INSERT INTO "cur_line" VALUES(1,14,'followup.logged
来电，199****3005，已告知，来问何时返校
incoming, 199****3005, informed, 来问何时返校
');
INSERT INTO "cur_line" VALUES(1,15,'note.written
记事：停电一小时
note: 停电一小时
');
INSERT INTO "cur_line" VALUES(1,16,'note.written
记事：邬小满的家长来过电话
note: 邬小满的家长来过电话
');
INSERT INTO "cur_line" VALUES(1,17,'promise.closed
承诺：已兑现
promise: kept
');
INSERT INTO "cur_line" VALUES(1,18,'note.written
记事：记错的一句
note: 记错的一句
');
INSERT INTO "cur_line" VALUES(1,19,'op.undone
撤销第 18 号记录
op 18 undone
');
INSERT INTO "cur_line" VALUES(1,20,'case.released
解除重点关注，误报
case released, 误报
');
INSERT INTO "cur_line" VALUES(1,21,'contact.added
新增外部联系人：疾控，海岬市疾控中心，值班室，0999-5550001
outside contact added: CDC, 海岬市疾控中心, 值班室, 0999-5550001
');
INSERT INTO "cur_line" VALUES(1,22,'figure.told
口头报数 1 项：校长办公室
figures told to 校长办公室: 1
told.words
报数备注：电话里报的
beside the figures told: 电话里报的
');
INSERT INTO "cur_line" VALUES(1,23,'pin.changed
签字口令：设置
PIN: set
');
INSERT INTO "cur_line" VALUES(1,24,'shift.closed
交班，已逐项确认 0/0
shift closed, 0 of 0 items acknowledged
template.adopted
启用单据模板 handover.zh
template handover.zh adopted
template.adopted
启用单据模板 handover.en
template handover.en adopted
shift.started
开始值班
shift started
handover.words
留给下一班：夜里平静
for the next shift: 夜里平静
');
INSERT INTO "cur_line" VALUES(1,25,'backup.made
备份：f3-backup-20261130-022624.db
backup: f3-backup-20261130-022624.db
');
CREATE TABLE cur_link ( -- which events speak of which entity
  kind INTEGER NOT NULL, id BLOB NOT NULL, lamport INTEGER NOT NULL, desk INTEGER NOT NULL, seq INTEGER NOT NULL,
  idx INTEGER NOT NULL, made INTEGER NOT NULL,
  PRIMARY KEY (kind, id, lamport, desk, seq, idx, made)
) STRICT, WITHOUT ROWID;
INSERT INTO "cur_link" VALUES(0,X'00000000000000000000000000000000',1,1,1,0,1);
INSERT INTO "cur_link" VALUES(0,X'00000000000000000000000000000000',1,1,1,1,0);
INSERT INTO "cur_link" VALUES(1,X'01A2288EE4EF73CB884920E58725EA79',1,1,1,2,1);
INSERT INTO "cur_link" VALUES(1,X'01A2288EE4EF73CB884920E58725EA79',1,1,1,4,0);
INSERT INTO "cur_link" VALUES(1,X'01A2288EE4EF7B6BAFA8018BAA35DF48',1,1,1,3,1);
INSERT INTO "cur_link" VALUES(8,X'01A2288EE4EF72C5B4BE77904861A9A8',1,1,1,4,1);
INSERT INTO "cur_link" VALUES(3,X'01A2288EE53573CABCF8207AA8D63976',2,1,2,0,1);
INSERT INTO "cur_link" VALUES(3,X'01A2288EE55377C68B7A9723B0C055A0',3,1,3,0,1);
INSERT INTO "cur_link" VALUES(0,X'00000000000000000000000000000000',4,1,4,0,0);
INSERT INTO "cur_link" VALUES(0,X'00000000000000000000000000000000',5,1,5,0,0);
INSERT INTO "cur_link" VALUES(3,X'01A2288EE55377C68B7A9723B0C055A0',5,1,5,2,0);
INSERT INTO "cur_link" VALUES(9,X'145193AF47CE833A9FE0159A78F2BB72',5,1,5,2,1);
INSERT INTO "cur_link" VALUES(3,X'01A2288EE53573CABCF8207AA8D63976',6,1,6,0,0);
INSERT INTO "cur_link" VALUES(9,X'A58D3219BAAC87E8A845E5A8790541BD',6,1,6,0,1);
INSERT INTO "cur_link" VALUES(2,X'01A2288EE6167029BA1F61708DCC3097',7,1,7,0,1);
INSERT INTO "cur_link" VALUES(3,X'01A2288EE53573CABCF8207AA8D63976',7,1,7,0,0);
INSERT INTO "cur_link" VALUES(2,X'01A2288EE6167029BA1F61708DCC3097',8,1,8,0,0);
INSERT INTO "cur_link" VALUES(2,X'01A2288EE583731BA1CAD4C68E982163',9,1,9,0,0);
INSERT INTO "cur_link" VALUES(4,X'01A2288EE67679338E2CB3B8C318EB38',9,1,9,0,1);
INSERT INTO "cur_link" VALUES(2,X'01A2288EE5837039AAF8762CE4AB9118',10,1,10,0,0);
INSERT INTO "cur_link" VALUES(4,X'01A2288EE6A37AFB999D9102E5A462AF',10,1,10,0,1);
INSERT INTO "cur_link" VALUES(2,X'01A2288EE583731BA1CAD4C68E982163',11,1,11,0,0);
INSERT INTO "cur_link" VALUES(4,X'01A2288EE67679338E2CB3B8C318EB38',11,1,11,0,0);
INSERT INTO "cur_link" VALUES(2,X'01A2288EE583731BA1CAD4C68E982163',12,1,12,0,0);
INSERT INTO "cur_link" VALUES(5,X'01A2288EE6DB72F4919C6B0E9865F3D9',12,1,12,0,1);
INSERT INTO "cur_link" VALUES(6,X'01A2288EE6DB719DA1ED32646342B7FB',12,1,12,0,1);
INSERT INTO "cur_link" VALUES(2,X'01A2288EE5837039AAF8762CE4AB9118',13,1,13,0,0);
INSERT INTO "cur_link" VALUES(5,X'01A2288EE6E9728487C2CEAF5E0CDB66',13,1,13,0,1);
INSERT INTO "cur_link" VALUES(5,X'01A2288EE6F5734DA8061FE0D22DB3A3',14,1,14,0,1);
INSERT INTO "cur_link" VALUES(7,X'01A2288EE70E727EBDAF67E828F450A5',15,1,15,0,1);
INSERT INTO "cur_link" VALUES(2,X'01A2288EE583731BA1CAD4C68E982163',16,1,16,0,0);
INSERT INTO "cur_link" VALUES(7,X'01A2288EE73A7610AAFB29D40E39A7F4',16,1,16,0,1);
INSERT INTO "cur_link" VALUES(6,X'01A2288EE6DB719DA1ED32646342B7FB',17,1,17,0,0);
INSERT INTO "cur_link" VALUES(7,X'01A2288EE78B7200984EAAE6D3EA5EAD',18,1,18,0,1);
INSERT INTO "cur_link" VALUES(2,X'01A2288EE5837039AAF8762CE4AB9118',20,1,20,0,0);
INSERT INTO "cur_link" VALUES(4,X'01A2288EE6A37AFB999D9102E5A462AF',20,1,20,0,0);
INSERT INTO "cur_link" VALUES(10,X'01A2288EE7D07ED1BE0F851838A2ED98',21,1,21,0,1);
INSERT INTO "cur_link" VALUES(21,X'01A2288EE7FD7078AE08BDF30E7E1E50',22,1,22,0,1);
INSERT INTO "cur_link" VALUES(21,X'01A2288EE7FD7078AE08BDF30E7E1E50',22,1,22,1,0);
INSERT INTO "cur_link" VALUES(1,X'01A2288EE4EF73CB884920E58725EA79',23,1,23,0,0);
INSERT INTO "cur_link" VALUES(0,X'00000000000000000000000000000000',24,1,24,1,0);
INSERT INTO "cur_link" VALUES(0,X'00000000000000000000000000000000',24,1,24,2,0);
INSERT INTO "cur_link" VALUES(1,X'01A2288EE4EF73CB884920E58725EA79',24,1,24,0,0);
INSERT INTO "cur_link" VALUES(1,X'01A2288EE4EF7B6BAFA8018BAA35DF48',24,1,24,0,0);
INSERT INTO "cur_link" VALUES(1,X'01A2288EE4EF7B6BAFA8018BAA35DF48',24,1,24,3,0);
INSERT INTO "cur_link" VALUES(8,X'01A2288EE4EF72C5B4BE77904861A9A8',24,1,24,0,0);
INSERT INTO "cur_link" VALUES(8,X'01A2288EE4EF72C5B4BE77904861A9A8',24,1,24,3,0);
INSERT INTO "cur_link" VALUES(8,X'01A2288EE4EF72C5B4BE77904861A9A8',24,1,24,4,0);
INSERT INTO "cur_link" VALUES(8,X'01A2288EE8807F46BF34AE3C52643EF0',24,1,24,3,1);
CREATE TABLE cur_note (
  id BLOB PRIMARY KEY, at INTEGER NOT NULL, officer BLOB, person BLOB, unit BLOB, contact BLOB, text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "cur_note" VALUES(X'01A2288EE70E727EBDAF67E828F450A5',1795976783630,X'01A2288EE4EF73CB884920E58725EA79',NULL,NULL,NULL,'停电一小时');
INSERT INTO "cur_note" VALUES(X'01A2288EE73A7610AAFB29D40E39A7F4',1795976783674,X'01A2288EE4EF73CB884920E58725EA79',X'01A2288EE583731BA1CAD4C68E982163',NULL,NULL,'邬小满的家长来过电话');
CREATE TABLE cur_officer (id BLOB PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO "cur_officer" VALUES(X'01A2288EE4EF73CB884920E58725EA79','甲');
INSERT INTO "cur_officer" VALUES(X'01A2288EE4EF7B6BAFA8018BAA35DF48','乙');
CREATE TABLE cur_person (
  id BLOB PRIMARY KEY, no TEXT NOT NULL, name TEXT NOT NULL, unit BLOB, sex TEXT, kind TEXT, campus TEXT,
  phone TEXT, id_number TEXT, origin TEXT, address TEXT, contact TEXT, family_phone TEXT, keys TEXT NOT NULL,
  hay TEXT NOT NULL -- number, name and keys in small letters: what a filter looks through
) STRICT, WITHOUT ROWID;
INSERT INTO "cur_person" VALUES(X'01A2288EE5837039AAF8762CE4AB9118','3001','柳含章',X'01A2288EE53573CABCF8207AA8D63976','女',NULL,NULL,'19900003001',NULL,NULL,NULL,NULL,NULL,'liuhanzhang lhz','3001 柳含章 liuhanzhang lhz');
INSERT INTO "cur_person" VALUES(X'01A2288EE583711EBFFBAF9F5CD6F7EA','3003','卓一苇',X'01A2288EE55377C68B7A9723B0C055A0','男',NULL,NULL,'19900003003',NULL,NULL,NULL,NULL,NULL,'zhuoyiwei zyw','3003 卓一苇 zhuoyiwei zyw');
INSERT INTO "cur_person" VALUES(X'01A2288EE583731BA1CAD4C68E982163','3004','邬小满',X'01A2288EE55377C68B7A9723B0C055A0','女',NULL,NULL,'19900003004',NULL,NULL,NULL,NULL,NULL,'wuxiaoman wxm','3004 邬小满 wuxiaoman wxm');
INSERT INTO "cur_person" VALUES(X'01A2288EE583783293955397F964073B','3002','闵知行',X'01A2288EE53573CABCF8207AA8D63976','男',NULL,NULL,'19900003002',NULL,NULL,NULL,NULL,NULL,'minzhixing minzhihang minzhiheng mzx mzh','3002 闵知行 minzhixing minzhihang minzhiheng mzx mzh');
INSERT INTO "cur_person" VALUES(X'01A2288EE6167029BA1F61708DCC3097','3005','乐游原',X'01A2288EE53573CABCF8207AA8D63976',NULL,NULL,NULL,'19900003005',NULL,NULL,'北区公寓二号楼',NULL,NULL,'yueyouyuan leyouyuan yueliuyuan leliuyuan yyy lyy yly lly','3005 乐游原 yueyouyuan leyouyuan yueliuyuan leliuyuan yyy lyy yly lly');
CREATE TABLE cur_promise (
  id BLOB PRIMARY KEY, followup BLOB NOT NULL, person BLOB, unit BLOB, contact BLOB, due INTEGER NOT NULL, words TEXT NOT NULL,
  ended TEXT, ended_at INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO "cur_promise" VALUES(X'01A2288EE6DB719DA1ED32646342B7FB',X'01A2288EE6DB72F4919C6B0E9865F3D9',X'01A2288EE583731BA1CAD4C68E982163',NULL,NULL,1795978583579,'已退烧，晚间再量','kept',1795976783714);
CREATE TABLE cur_question ( -- what the incoming officer asked about an item of a handover
  id BLOB PRIMARY KEY, shift BLOB NOT NULL, kind TEXT NOT NULL, item BLOB NOT NULL, at INTEGER, person BLOB, unit BLOB, contact BLOB,
  text TEXT NOT NULL, asked_at INTEGER NOT NULL, asked_by BLOB NOT NULL, ended TEXT, ended_at INTEGER, ended_by BLOB,
  answer TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE cur_report (
  unit BLOB NOT NULL, day INTEGER NOT NULL, round TEXT NOT NULL, first_at INTEGER NOT NULL,
  form TEXT NOT NULL, rows INTEGER NOT NULL, corrections INTEGER NOT NULL,
  desk INTEGER NOT NULL, seq INTEGER NOT NULL, -- the op in force
  PRIMARY KEY (unit, day, round)
) STRICT, WITHOUT ROWID;
INSERT INTO "cur_report" VALUES(X'01A2288EE53573CABCF8207AA8D63976',739950,'day',1795976783344,'zero',0,0,1,6);
INSERT INTO "cur_report" VALUES(X'01A2288EE55377C68B7A9723B0C055A0',739950,'day',1795976783304,'rows',2,0,1,5);
CREATE TABLE cur_setting (one INTEGER PRIMARY KEY CHECK (one = 1), body TEXT NOT NULL) STRICT;
INSERT INTO "cur_setting" VALUES(1,'{"office":"海岬理工大学","calendar":{"utc_offset_min":480,"day_start_min":0},"rehearsal":false,"rounds":[{"round":"day","name":"","deadline":600}],"slots":[540,960],"lang":"zh","bell":false,"printer":"","inbox":""}');
CREATE TABLE cur_shift (
  id BLOB PRIMARY KEY, officer BLOB NOT NULL, started_at INTEGER NOT NULL, desk INTEGER NOT NULL,
  first_seq INTEGER NOT NULL, closed_at INTEGER, last_seq INTEGER, to_officer BLOB
) STRICT, WITHOUT ROWID;
INSERT INTO "cur_shift" VALUES(X'01A2288EE4EF72C5B4BE77904861A9A8',X'01A2288EE4EF73CB884920E58725EA79',1795976783087,1,1,1795976784000,24,X'01A2288EE4EF7B6BAFA8018BAA35DF48');
INSERT INTO "cur_shift" VALUES(X'01A2288EE8807F46BF34AE3C52643EF0',X'01A2288EE4EF7B6BAFA8018BAA35DF48',1795976784000,1,25,NULL,NULL,NULL);
CREATE TABLE cur_sitrep ( -- as sent, whole
  id BLOB PRIMARY KEY, at INTEGER NOT NULL, officer BLOB, sent_to TEXT NOT NULL, channel TEXT NOT NULL,
  day INTEGER NOT NULL, boundary INTEGER NOT NULL, corrects BLOB, reason TEXT NOT NULL, report TEXT NOT NULL,
  headlines TEXT NOT NULL, current INTEGER NOT NULL, ends INTEGER NOT NULL,
  desk INTEGER NOT NULL, seq INTEGER NOT NULL
) STRICT;
CREATE TABLE cur_told ( -- figures told by mouth
  id BLOB PRIMARY KEY, at INTEGER NOT NULL, officer BLOB, told_to TEXT NOT NULL, channel TEXT NOT NULL,
  day INTEGER NOT NULL, boundary INTEGER NOT NULL, figures TEXT NOT NULL, words TEXT NOT NULL,
  desk INTEGER NOT NULL, seq INTEGER NOT NULL
) STRICT;
INSERT INTO "cur_told" VALUES(X'01A2288EE7FD7078AE08BDF30E7E1E50',1795976783869,X'01A2288EE4EF73CB884920E58725EA79','校长办公室','phone',739950,0,'{"ids":["01a2288e-e583-731b-a1ca-d4c68e982163"],"figures":{"all.current":[1,[0]]}}','电话里报的',1,22);
CREATE TABLE cur_undone (desk INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (desk, seq)) STRICT, WITHOUT ROWID;
INSERT INTO "cur_undone" VALUES(1,18);
CREATE TABLE cur_unit (
  id BLOB PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL, short TEXT, parent BLOB, campus TEXT, head TEXT,
  head_phone TEXT, liaison TEXT, liaison_phone TEXT, reports INTEGER NOT NULL, deadline INTEGER, officer BLOB,
  valid_from INTEGER, keys TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "cur_unit" VALUES(X'01A2288EE53573CABCF8207AA8D63976','T01','图书馆',NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,'tushuguan tsg');
INSERT INTO "cur_unit" VALUES(X'01A2288EE55377C68B7A9723B0C055A0','H02','后勤处',NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,'houqinchu houqichu hqc');
CREATE TABLE cur_unread ( -- items of a handover that the incoming officer has not read
  shift BLOB NOT NULL, place INTEGER NOT NULL, kind TEXT NOT NULL, id BLOB NOT NULL, at INTEGER, PRIMARY KEY (shift, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE local_draft (key TEXT PRIMARY KEY, body TEXT NOT NULL, saved_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE local_find (part TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
CREATE TABLE local_pin (
  officer BLOB PRIMARY KEY, salt BLOB NOT NULL CHECK (length(salt) = 16), hash BLOB NOT NULL CHECK (length(hash) = 32),
  memory INTEGER NOT NULL, passes INTEGER NOT NULL, fails INTEGER NOT NULL, failed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "local_pin" VALUES(X'01A2288EE4EF73CB884920E58725EA79',X'F8DC6294A20D7CB72C6B37E92100C8C3',X'F9A47018066675DA4E6FEA1E9F3C0F147D4549DDCCB014A2F1BCEA0CC5856716',19456,2,0,1795976784000);
CREATE TABLE local_search (text TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE local_secret (person BLOB PRIMARY KEY, secret BLOB NOT NULL CHECK (length(secret) = 32)) STRICT, WITHOUT ROWID;
INSERT INTO "local_secret" VALUES(X'01A2288EE5837039AAF8762CE4AB9118',X'D8442CEC451B6796B5D83F850F8814B77C2B3395C0A7FE88391BAF334623BEE3');
INSERT INTO "local_secret" VALUES(X'01A2288EE583711EBFFBAF9F5CD6F7EA',X'AA154195597482FE536E67A29A143EE314B6430693E79EB4B94F47D9AEB9B455');
INSERT INTO "local_secret" VALUES(X'01A2288EE583731BA1CAD4C68E982163',X'F27A62697F232A803FD4E0F6711672B830813D69F9F6B8B2FBD5FAC31645759E');
INSERT INTO "local_secret" VALUES(X'01A2288EE583783293955397F964073B',X'D4306559F16394B0F556B43A0C4C66B6BE4CE04E027D199A7ED7FBB33F086097');
CREATE TABLE local_value (key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO "local_value" VALUES('desk',X'01A2288EE4EF742D83774D4AE1499DF1');
INSERT INTO "local_value" VALUES('projection',5);
CREATE TABLE log_body (
  desk INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  nonce BLOB NOT NULL CHECK (length(nonce) = 16),
  body TEXT NOT NULL,
  PRIMARY KEY (desk, seq, idx),
  FOREIGN KEY (desk, seq, idx) REFERENCES log_event (desk, seq, idx)
) STRICT, WITHOUT ROWID;
INSERT INTO "log_body" VALUES(1,1,0,X'7507B8A1B56E1C6D25E7CB115450F979','{"office":"01a2288e-e4ef-7287-91b0-be92377472cc","settings":{"office":"海岬理工大学","calendar":{"utc_offset_min":480,"day_start_min":0},"rehearsal":false,"rounds":[{"round":"day","name":"","deadline":600}],"slots":[540,960],"lang":"zh","bell":false,"printer":"","inbox":""}}');
INSERT INTO "log_body" VALUES(1,1,1,X'62362995ADCCE1855509F5A2392859F6','{"form":{"name":"rules","version":1},"content":"# Rules of the office: each a value with its source, the days it is valid on, and a switch.\n#\n# An office may change this file. Where several rules of one kind are valid on a day, the one with the latest\n# valid_from is in force; enabled = false leaves one out. Days are counted as written in `kind`:\n#\n#   observation  stages: days of observation, one number a stage; the last unprotected contact is day 0, the last\n#                day is contact + the sum, released from the day after\n#   fever        site, celsius: at or above is a fever; a site without a rule of its own is judged as axillary\n#   slots        times: times of day at which each observed person is due a call; a slot is open until the next\n#                one, or until the end of the reporting day\n#   deadline     round, time: by when a unit''s report is due, for a new office\n#   chase        unanswered: after so many unanswered calls in a row the unit''s head is next\n#   streak       days: so many late or missing reports in a row are pointed out\n#\n# quality says how good the source is: what was seen of it, and whether others agree.\n\n[[rule]]\nid = \"observation-14\"\nkind = \"observation\"\nstages = [14]\nvalid_from = \"2020-01-20\"\nvalid_to = \"2022-06-27\"\nsource = \"密切接触者医学观察期限：最后一次无有效防护接触后 14 天；https://ncov9.tjutcm.edu.cn/info/1005/1263.htm；China CDC Weekly 2020-05-08, PMC8392945\"\nquality = \"page excerpt\"\n\n[[rule]]\nid = \"observation-7-3\"\nkind = \"observation\"\nstages = [7, 3]\nvalid_from = \"2022-06-28\"\nvalid_to = \"2022-11-10\"\nsource = \"防控方案第九版（2022-06-28）：7 天集中 + 3 天居家；http://www.sinoeverlife.com/glscf/13933.html（新华社）\"\nquality = \"page excerpt\"\n\n[[rule]]\nid = \"observation-5-3\"\nkind = \"observation\"\nstages = [5, 3]\nvalid_from = \"2022-11-11\"\nsource = \"优化二十条（2022-11-11）：5 天集中 + 3 天居家；http://duorenduoli.com/news/5kn1x5zzdx.html\"\nquality = \"page excerpt\"\n\n[[rule]]\nid = \"fever-axillary\"\nkind = \"fever\"\nsite = \"axillary\"\ncelsius = 37.3\nvalid_from = \"2020-01-20\"\nsource = \"安徽省学生和教职员工新冠肺炎风险人群判定标准 2020-03-24（4 处一致）：腋温 ≥ 37.3 ℃\"\nquality = \"sources agree\"\n\n[[rule]]\nid = \"fever-forehead\"\nkind = \"fever\"\nsite = \"forehead\"\ncelsius = 36.8\nvalid_from = \"2020-01-20\"\nsource = \"安徽省 2020-03-24；小学晨午晚检制度 m.brwz.net：额温 ≥ 36.8 ℃ 视同发热指征（腋温更准确）\"\nquality = \"sources agree\"\n\n[[rule]]\nid = \"slots-two-a-day\"\nkind = \"slots\"\ntimes = [\"09:00\", \"16:00\"]\nvalid_from = \"2020-01-20\"\nsource = \"海南省卫健委 2020-02-06：居家医学观察每日早晚两次体温；http://hainan.sina.com.cn/news/hnyw/2020-02-06/detail-iimxxste9379163.shtml；时刻为本程序默认\"\nquality = \"twice a day: page excerpt; the times are this program''s default\"\n\n[[rule]]\nid = \"deadline-day\"\nkind = \"deadline\"\nround = \"day\"\ntime = \"10:00\"\nvalid_from = \"2020-01-22\"\nsource = \"日报告（零报告）自 2020-01-22；各校时限不一（08:30、12:30、14:00），10:00 为本程序默认\"\nquality = \"this program''s default\"\n\n[[rule]]\nid = \"chase-head-after-two\"\nkind = \"chase\"\nunanswered = 2\nvalid_from = \"2020-01-22\"\nsource = \"催报两次未接通找第一责任人：值班惯例，本程序默认\"\nquality = \"this program''s default\"\n\n[[rule]]\nid = \"streak-two-days\"\nkind = \"streak\"\ndays = 2\nvalid_from = \"2020-01-22\"\nsource = \"连续两日迟报、漏报即提示：本程序默认\"\nquality = \"this program''s default\"\n"}');
INSERT INTO "log_body" VALUES(1,1,2,X'51D79880BBC6A6FDA6C33CD10D1B3F0C','{"officer":"01a2288e-e4ef-73cb-8849-20e58725ea79","name":"甲"}');
INSERT INTO "log_body" VALUES(1,1,3,X'B53BF3333727FC93B7F6BD3BC60AA38C','{"officer":"01a2288e-e4ef-7b6b-afa8-018baa35df48","name":"乙"}');
INSERT INTO "log_body" VALUES(1,1,4,X'BAB7C999C3349246C9BFFA55BEF33E1E','{"shift":"01a2288e-e4ef-72c5-b4be-77904861a9a8","officer":"01a2288e-e4ef-73cb-8849-20e58725ea79","after":null}');
INSERT INTO "log_body" VALUES(1,2,0,X'8CB02D44C34ECB8B5D7D244798CABF81','{"unit":"01a2288e-e535-73ca-bcf8-207aa8d63976","code":"T01","name":"图书馆","facts":{"reports":true}}');
INSERT INTO "log_body" VALUES(1,3,0,X'24B4982DE6C9943505BA702AB919B0EF','{"unit":"01a2288e-e553-77c6-8b7a-9723b0c055a0","code":"H02","name":"后勤处","facts":{"reports":true}}');
INSERT INTO "log_body" VALUES(1,4,0,X'6A10DE39F6656F21E311E3291C759BEF','{"form":{"name":"roster","version":1},"content":"name = \"roster\"\nversion = 1\nwhat = \"roster\"\ntitle = \"人员名册\"\n\n[[column]]\nfield = \"no\"\nheaders = [\"工号\"]\ntype = \"no\"\nrequired = true\n\n[[column]]\nfield = \"name\"\nheaders = [\"姓名\"]\ntype = \"name\"\nrequired = true\n\n[[column]]\nfield = \"sex\"\nheaders = [\"性别\"]\ntype = \"code\"\n[column.codes]\n\"男\" = [\"男\"]\n\"女\" = [\"女\"]\n\n[[column]]\nfield = \"unit\"\nheaders = [\"单位\"]\n\n[[column]]\nfield = \"phone\"\nheaders = [\"电话\"]\ntype = \"phone\"\n"}');
INSERT INTO "log_body" VALUES(1,4,1,X'63958278895E83AEBF25997112EBD80E','{"what":"roster","file":"roster.csv","digest":"a327c53e52f163b3772d8b15e72bd0b714663e133be42f0125fae4884e67ada3","form":{"name":"roster","version":1},"day":null,"round":null,"accepted":4,"unchanged":0,"rejected":0}');
INSERT INTO "log_body" VALUES(1,5,0,X'36ADE787D9CDA5E760D9CA8EF4CBD914','{"form":{"name":"staff","version":2},"content":"name = \"staff\"\nversion = 2\nwhat = \"report\"\ntitle = \"教职工健康日报\"\n\n[[column]]\nfield = \"no\"\nheaders = [\"工号\"]\ntype = \"no\"\n\n[[column]]\nfield = \"name\"\nheaders = [\"姓名\"]\ntype = \"name\"\nrequired = true\n\n[[column]]\nfield = \"temp_am\"\nheaders = [\"上午体温\"]\ntype = \"temp\"\n\n[[column]]\nfield = \"temp_pm\"\nheaders = [\"下午体温\"]\ntype = \"temp\"\n\n[[column]]\nfield = \"symptoms\"\nheaders = [\"症状\"]\n"}');
INSERT INTO "log_body" VALUES(1,5,1,X'0DF00A8F3E934B6518EE4DF2C439AEA6','{"what":"report","file":"report.csv","digest":"c6ea5a02beb84b4647fbfeb98a427381dc2514edfd5d23e7cbdde97d124dee6a","form":{"name":"staff","version":2},"day":"2026-11-30","round":"day","accepted":2,"unchanged":0,"rejected":0}');
INSERT INTO "log_body" VALUES(1,5,2,X'879EF6DB745E37063EE23D7549BEA35A','{"unit":"01a2288e-e553-77c6-8b7a-9723b0c055a0","day":"2026-11-30","round":"day","form":"rows","rows":2,"reason":""}');
INSERT INTO "log_body" VALUES(1,6,0,X'47530E17A818295B4AC3E4F98476C763','{"unit":"01a2288e-e535-73ca-bcf8-207aa8d63976","day":"2026-11-30","round":"day","form":"zero","rows":0,"reason":""}');
INSERT INTO "log_body" VALUES(1,7,0,X'78749D845538182DDE898941C3F9F28D','{"person":"01a2288e-e616-7029-ba1f-61708dcc3097","no":"3005","facts":{"name":"乐游原","unit":"01a2288e-e535-73ca-bcf8-207aa8d63976","phone":"19900003005"},"told_by":"本人"}');
INSERT INTO "log_body" VALUES(1,8,0,X'0821827C815A7DE0E0547ADC9177C2A8','{"person":"01a2288e-e616-7029-ba1f-61708dcc3097","no":null,"facts":{"address":"北区公寓二号楼"},"told_by":"本人"}');
INSERT INTO "log_body" VALUES(1,9,0,X'BD732CC59A16B3091A9C7CF30DD474B5','{"case":"01a2288e-e676-7933-8e2c-b3b8c318eb38","person":"01a2288e-e583-731b-a1ca-d4c68e982163","facts":{"categories":["fever"],"measure":"campus","place":"校医院观察室","start":"2026-11-30","days":14,"note":"午后量得三十七度八"}}');
INSERT INTO "log_body" VALUES(1,10,0,X'5AE791719DD78B54F30E62363642445E','{"case":"01a2288e-e6a3-7afb-999d-9102e5a462af","person":"01a2288e-e583-7039-aaf8-762ce4ab9118","facts":{"categories":["contact"],"measure":"home","start":"2026-11-30","days":14}}');
INSERT INTO "log_body" VALUES(1,11,0,X'87787C468E63C968BA2345BEC4DF3D38','{"case":"01a2288e-e676-7933-8e2c-b3b8c318eb38","person":"01a2288e-e583-731b-a1ca-d4c68e982163","facts":{"place":"南区观察楼"},"reason":"换房"}');
INSERT INTO "log_body" VALUES(1,12,0,X'51710ED1C345DFB22134FE97821A999F','{"followup":"01a2288e-e6db-72f4-919c-6b0e9865f3d9","subject":{"kind":"person","id":"01a2288e-e583-731b-a1ca-d4c68e982163"},"channel":"phone","answered_by":"","outcome":"well","words":"已退烧，晚间再量","number":"","promise":{"promise":"01a2288e-e6db-719d-a1ed-32646342b7fb","due":1795978583579},"next_contact":null,"chased":null}');
INSERT INTO "log_body" VALUES(1,13,0,X'B36927542BD7E65CA1A310BE0BE01554','{"followup":"01a2288e-e6e9-7284-87c2-ceaf5e0cdb66","subject":{"kind":"person","id":"01a2288e-e583-7039-aaf8-762ce4ab9118"},"channel":"phone","answered_by":"","outcome":"not-reached","words":"","number":"","promise":null,"next_contact":null,"chased":null}');
INSERT INTO "log_body" VALUES(1,14,0,X'84A12F07B22B2FAAD3DCAEF496C86DF6','{"followup":"01a2288e-e6f5-734d-a806-1fe0d22db3a3","subject":null,"channel":"incoming","answered_by":"","outcome":"informed","words":"来问何时返校","number":"19900003005","promise":null,"next_contact":null,"chased":null}');
INSERT INTO "log_body" VALUES(1,15,0,X'1C1DBC3FB5EE2936750DC7CF249D1336','{"note":"01a2288e-e70e-727e-bdaf-67e828f450a5","subject":null,"text":"停电一小时"}');
INSERT INTO "log_body" VALUES(1,16,0,X'6E2B2C4804C86C86C1CDB32060C2B99F','{"note":"01a2288e-e73a-7610-aafb-29d40e39a7f4","subject":{"kind":"person","id":"01a2288e-e583-731b-a1ca-d4c68e982163"},"text":"邬小满的家长来过电话"}');
INSERT INTO "log_body" VALUES(1,17,0,X'EDC5EDA06E0E09854A48E051CB5FA0AE','{"promise":"01a2288e-e6db-719d-a1ed-32646342b7fb","how":"kept","by":null}');
INSERT INTO "log_body" VALUES(1,18,0,X'CBA294CF185D1E9858BBC2EA66272960','{"note":"01a2288e-e78b-7200-984e-aae6d3ea5ead","subject":null,"text":"记错的一句"}');
INSERT INTO "log_body" VALUES(1,19,0,X'C8D4272EBAF6575BB7F86F2B53C6FE56','{"op":{"desk":"01a2288e-e4ef-742d-8377-4d4ae1499df1","seq":18},"kinds":["note.written"]}');
INSERT INTO "log_body" VALUES(1,20,0,X'4C6F89A8B5DB5E17C05E955D11E3B9F3','{"case":"01a2288e-e6a3-7afb-999d-9102e5a462af","person":"01a2288e-e583-7039-aaf8-762ce4ab9118","reason":"误报"}');
INSERT INTO "log_body" VALUES(1,21,0,X'D0AD862C94682A35E8453B4A56576E75','{"contact":"01a2288e-e7d0-7ed1-be0f-851838a2ed98","facts":{"kind":"cdc","org":"海岬市疾控中心","name":"值班室","phone":"0999-5550001"}}');
INSERT INTO "log_body" VALUES(1,22,0,X'38042BAAECDC5B9657AFD7CAD1470902','{"told":"01a2288e-e7fd-7078-ae08-bdf30e7e1e50","to":"校长办公室","channel":"phone","day":"2026-11-30","boundary":0,"figures":{"ids":["01a2288e-e583-731b-a1ca-d4c68e982163"],"figures":{"all.current":[1,[0]]}}}');
INSERT INTO "log_body" VALUES(1,22,1,X'3314A965BEA55BA38F6F1F93F8202301','{"told":"01a2288e-e7fd-7078-ae08-bdf30e7e1e50","text":"电话里报的"}');
INSERT INTO "log_body" VALUES(1,23,0,X'5A735B21486F270B7256FD72E0FD0DF4','{"officer":"01a2288e-e4ef-73cb-8849-20e58725ea79","how":"set"}');
INSERT INTO "log_body" VALUES(1,24,0,X'839612858D30866A4AA3143F6B7CE200','{"shift":"01a2288e-e4ef-72c5-b4be-77904861a9a8","from":"01a2288e-e4ef-73cb-8849-20e58725ea79","to":"01a2288e-e4ef-7b6b-afa8-018baa35df48","head":"23-90GR-ANPH-7D3N-DR2W","items":[],"words":"","signed":["pin","name"],"frozen":{"cut_at":1795976784000,"seq":[1,23],"day":"2026-11-30","round":"day","counts":{"expected":2,"received":2,"followups":3,"not_reached":1,"reports":2,"cases_opened":2,"cases_released":1,"cases":1,"due_release":0,"promises":0,"notes":2,"ops":23},"outstanding":[],"due":[],"release":[],"changed":["01a2288e-e6a3-7afb-999d-9102e5a462af","01a2288e-e676-7933-8e2c-b3b8c318eb38"],"called":[],"questions":[],"templates":{"handover.en":"36b0d3e1a155c2db4e3d2e96847c4b581446fa7709a9d7987c2bbe550d9d4673","handover.zh":"d2b965de24aed6072f82415cabb375ccb4e96c434e6a10a3d077734e1e4c01c2"}}}');
INSERT INTO "log_body" VALUES(1,24,1,X'E0FA3B4D7305292301605047D4BFA3B0','{"name":"handover.zh","content":"---\nlook: working\n---\n# {{ office }}值班交接单\n"}');
INSERT INTO "log_body" VALUES(1,24,2,X'07D1D1BB4D12E85EF80AF95902C4F4D0','{"name":"handover.en","content":"---\nlook: working\n---\n# {{ office }}: shift handover\n"}');
INSERT INTO "log_body" VALUES(1,24,3,X'F548B3838A095808ADC8AEAABAB45CBD','{"shift":"01a2288e-e880-7f46-bf34-ae3c52643ef0","officer":"01a2288e-e4ef-7b6b-afa8-018baa35df48","after":"01a2288e-e4ef-72c5-b4be-77904861a9a8"}');
INSERT INTO "log_body" VALUES(1,24,4,X'C1274D74A19D28055E9EDEC6C406DBCE','{"shift":"01a2288e-e4ef-72c5-b4be-77904861a9a8","words":"夜里平静"}');
INSERT INTO "log_body" VALUES(1,25,0,X'6C91700819692D76AE3B1242B0BCCA37','{"file":"f3-backup-20261130-022624.db","head":"24-0KHH-SVMY-5TYE-DKVY"}');
CREATE TABLE log_desk (
  no INTEGER PRIMARY KEY, -- this file's short number for the desk; the id is what is hashed and shared
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16)
) STRICT;
INSERT INTO "log_desk" VALUES(1,X'01A2288EE4EF742D83774D4AE1499DF1');
CREATE TABLE log_event (
  desk INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  PRIMARY KEY (desk, seq, idx),
  FOREIGN KEY (desk, seq) REFERENCES log_op (desk, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO "log_event" VALUES(1,1,0,'office.opened',1,X'E5D6BBF3613C33C7AE5A80220F6C3A537681C718A2F6368B36879DF5A2327F40');
INSERT INTO "log_event" VALUES(1,1,1,'rules.adopted',1,X'31A920E729D22001B334A86720FD5A26CF9A53FAFD451548CD03CD1E47064480');
INSERT INTO "log_event" VALUES(1,1,2,'officer.added',1,X'000F155B9E1809149CEB83F8CFA2165D9CB0BB92B6D392949E7959E8E0A8AE2B');
INSERT INTO "log_event" VALUES(1,1,3,'officer.added',1,X'EAB9AC35AF1CF34EEA36D486C573A80F06A271778A9C48A8757B983844D3C8C8');
INSERT INTO "log_event" VALUES(1,1,4,'shift.started',1,X'552CAED3BB3DBCB1238E9825F7A8B7B4889C9FAC005CDF48FF00B466220DF1FC');
INSERT INTO "log_event" VALUES(1,2,0,'unit.added',1,X'BB1496F517898188FFB2FCD60615D3DFD3686A16794A901D3CB785D4B476EE75');
INSERT INTO "log_event" VALUES(1,3,0,'unit.added',1,X'337D8CEA797782476C382806E5E44D266DB77AF1AABFF0C997218332634CD3E9');
INSERT INTO "log_event" VALUES(1,4,0,'form.adopted',1,X'EE43D0AADFE2200FCD337594421910C2E7ABCEE19FACAEB1D0400B4E0AE4A3A7');
INSERT INTO "log_event" VALUES(1,4,1,'sheet.imported',1,X'0AD2BB944E87522DC40FBC149E7CF2160B16C973CB934270019FA67E5A07309A');
INSERT INTO "log_event" VALUES(1,5,0,'form.adopted',1,X'437C01D0DC93A4B4BF9074FF37B3E4331A49FD24404BF7D674D9DA59CA8D6689');
INSERT INTO "log_event" VALUES(1,5,1,'sheet.imported',1,X'65C6A91294A935133D42F28476D714C5F70433B30C24EA7A55AE654668C275ED');
INSERT INTO "log_event" VALUES(1,5,2,'report.received',1,X'D2B20D6289BD3F185946AA61933A5BD8941AB2636F611196DA165B06047FEEE4');
INSERT INTO "log_event" VALUES(1,6,0,'report.received',1,X'36131ADF96A78AFEBF7D0384E0259C16E820B8261EA0B7D2431A991D4B111DD5');
INSERT INTO "log_event" VALUES(1,7,0,'person.added',1,X'9AC13ECC58E1787900C55439F0AF7A3D5529EC0DE8C391941F0987A11FE1E78C');
INSERT INTO "log_event" VALUES(1,8,0,'person.changed',1,X'889634FC54C684F6DDF965FDC53191923292CBBC842235BE47E8CB5DC28C7BEA');
INSERT INTO "log_event" VALUES(1,9,0,'case.opened',1,X'947926062120B9C34C55E45A75144EDCAE1CC939E7CCE8B8D2EC90658A727806');
INSERT INTO "log_event" VALUES(1,10,0,'case.opened',1,X'4050F2231B269B741E03A31CB41F23CE26CA689B901F72668EEE6EAFC7748FAD');
INSERT INTO "log_event" VALUES(1,11,0,'case.changed',1,X'CDC6FA491C7EED2F5BA9BEC67F1DA39FA6BF799E23631E7B64C1CB41D1771C98');
INSERT INTO "log_event" VALUES(1,12,0,'followup.logged',1,X'79F2405F193DD4E337426D88464A04530D9118D961FCD8F89CEC11973FBCCB27');
INSERT INTO "log_event" VALUES(1,13,0,'followup.logged',1,X'B2AFFF3F0DE5031AFC90FFF2CFFB8D0FBE0AA14FAF71A1AA9DA745974711BD98');
INSERT INTO "log_event" VALUES(1,14,0,'followup.logged',1,X'7894F888FA04748E780D30BA59EE83619F423A90A98DB26F3862278537C3A4EA');
INSERT INTO "log_event" VALUES(1,15,0,'note.written',1,X'20379FA691D6D5C0083CAFAD6C4D9B65F86E2408FDD6B794E80DF534665D23F5');
INSERT INTO "log_event" VALUES(1,16,0,'note.written',1,X'203B16AD7D96AF0A4633A63CB168B1CF23B735B6D3D179EB1B40C55373781869');
INSERT INTO "log_event" VALUES(1,17,0,'promise.closed',1,X'DA10188AF121AA56EDAC7761EFC504CF3E21383D24148B577724CD03C7608942');
INSERT INTO "log_event" VALUES(1,18,0,'note.written',1,X'B6B5EF94D82398B5E897910105C13CBF6A9E67A5F962B640D9B35185C8EC47B4');
INSERT INTO "log_event" VALUES(1,19,0,'op.undone',1,X'843E862D78AE235D8A7C6073AA2FF2C5F0803FD8E0D690B561AD339F22A6068E');
INSERT INTO "log_event" VALUES(1,20,0,'case.released',1,X'E6CFB12CCC67C25A6BF7F8475B868340E6A010E24B51E87DCDEE2EEA741F75F1');
INSERT INTO "log_event" VALUES(1,21,0,'contact.added',1,X'00C9A5359842B77FA10A25CE14FF97353EFD0F17CC7737D232ABEDF4C08E86FB');
INSERT INTO "log_event" VALUES(1,22,0,'figure.told',1,X'041BE8AA14DD0373CEA07151959B4E417E4D8D87517F4B0111C8B7AF3BC0A02F');
INSERT INTO "log_event" VALUES(1,22,1,'told.words',1,X'87F62E6F34D3860056344BD54A65132328FB9D1AFA66B8D2A811C2962209A676');
INSERT INTO "log_event" VALUES(1,23,0,'pin.changed',1,X'71C926CAA8F1C5D6C425390E5155CD6A35B58AACA318186FDF0FE81DD405EA26');
INSERT INTO "log_event" VALUES(1,24,0,'shift.closed',1,X'E4D91E2C372A0258B5A5CE0F641CEF8AD89E45D8CF255BCD2D04A545B16E6829');
INSERT INTO "log_event" VALUES(1,24,1,'template.adopted',1,X'09E9BE7DEFD98D830CC57147358CCC9F52520415D9A443A9C483D2628B71A8C3');
INSERT INTO "log_event" VALUES(1,24,2,'template.adopted',1,X'A31127BEF882D8B24B8894392055AF898ECB4C30413EAE0FB28887C34AD38382');
INSERT INTO "log_event" VALUES(1,24,3,'shift.started',1,X'18770911EB654420E4B3AAC7C6B7058698AC8558A9A14B28069E2A14B8465FB1');
INSERT INTO "log_event" VALUES(1,24,4,'handover.words',1,X'7D62B0A21ACFF993D1569DB3088C8015F4BA1EE7D5FB8A23EC3E48B4A9C3167D');
INSERT INTO "log_event" VALUES(1,25,0,'backup.made',1,X'301E04473A249D095702F70EC3C59B05F24287AFA9F606107D247B5B585D955B');
CREATE TABLE log_op (
  desk INTEGER NOT NULL REFERENCES log_desk (no),
  seq INTEGER NOT NULL CHECK (seq > 0),
  lamport INTEGER NOT NULL,
  op_id BLOB NOT NULL UNIQUE CHECK (length(op_id) = 16),
  recorded_at INTEGER NOT NULL,
  happened_at INTEGER NOT NULL,
  officer BLOB,
  shift BLOB,
  undoes_desk BLOB,
  undoes_seq INTEGER,
  events INTEGER NOT NULL,
  rows INTEGER NOT NULL,
  rows_digest BLOB NOT NULL CHECK (length(rows_digest) = 32),
  prev BLOB NOT NULL CHECK (length(prev) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (desk, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO "log_op" VALUES(1,1,1,X'01A2288EE4EF7EAA95B0C243CBEE0429',1795976783087,1795976783087,NULL,NULL,NULL,NULL,5,0,X'149E4563DF78A660FD9E46CFEBBA87EAF5B75F5CF8562AB9BE88BA67861BFD8A',X'0000000000000000000000000000000000000000000000000000000000000000',X'B870C2F4B8D11EF4C0075864FCC8BEAB6CDC3C158F0F16D8BD69084E5B96BAFF');
INSERT INTO "log_op" VALUES(1,2,2,X'01A2288EE53579DCBE18B2756E6A0858',1795976783157,1795976783157,X'01A2288EE4EF73CB884920E58725EA79',X'01A2288EE4EF72C5B4BE77904861A9A8',NULL,NULL,1,0,X'149E4563DF78A660FD9E46CFEBBA87EAF5B75F5CF8562AB9BE88BA67861BFD8A',X'B870C2F4B8D11EF4C0075864FCC8BEAB6CDC3C158F0F16D8BD69084E5B96BAFF',X'2AE93F897CEAA06DC60A600815DC6E4B60641363F4B5F881BD3785A07FA1FCD7');
INSERT INTO "log_op" VALUES(1,3,3,X'01A2288EE5537E159981C0BEB4484095',1795976783187,1795976783187,X'01A2288EE4EF73CB884920E58725EA79',X'01A2288EE4EF72C5B4BE77904861A9A8',NULL,NULL,1,0,X'149E4563DF78A660FD9E46CFEBBA87EAF5B75F5CF8562AB9BE88BA67861BFD8A',X'2AE93F897CEAA06DC60A600815DC6E4B60641363F4B5F881BD3785A07FA1FCD7',X'BEC8C15EEAB248E460EF7E28A73C8DB3EC48448AEB2545822E6F51EAAEF60D61');
INSERT INTO "log_op" VALUES(1,4,4,X'01A2288EE58976A8B78DF3B237792011',1795976783241,1795976783241,X'01A2288EE4EF73CB884920E58725EA79',X'01A2288EE4EF72C5B4BE77904861A9A8',NULL,NULL,2,4,X'DA8476669FF81E0FD412D51503922AF30BB7A8E411C20B1441F08057EAA8A25D',X'BEC8C15EEAB248E460EF7E28A73C8DB3EC48448AEB2545822E6F51EAAEF60D61',X'1D04BBF01080AB7C3A717187286DD48C0D230C358DE1D67B43B4B97D54DDD1AF');
INSERT INTO "log_op" VALUES(1,5,5,X'01A2288EE5C87423AE7554B8FA875FDA',1795976783304,1795976783304,X'01A2288EE4EF73CB884920E58725EA79',X'01A2288EE4EF72C5B4BE77904861A9A8',NULL,NULL,3,2,X'89E5CCC0C5CCB6B2076460EB7350DBFBC24DD0E5731262A249807670F0D5714E',X'1D04BBF01080AB7C3A717187286DD48C0D230C358DE1D67B43B4B97D54DDD1AF',X'40C260BC1BEAA00ECDAB1E08D626E0E8AFB0350FA69A0691ABB5D123AB6771C4');
INSERT INTO "log_op" VALUES(1,6,6,X'01A2288EE5F07D48905D561913CE659D',1795976783344,1795976783344,X'01A2288EE4EF73CB884920E58725EA79',X'01A2288EE4EF72C5B4BE77904861A9A8',NULL,NULL,1,0,X'149E4563DF78A660FD9E46CFEBBA87EAF5B75F5CF8562AB9BE88BA67861BFD8A',X'40C260BC1BEAA00ECDAB1E08D626E0E8AFB0350FA69A0691ABB5D123AB6771C4',X'58107AEC87009944317C2034F9CB504C8A59799FF99D8A593AB48EEDEA09E0F5');
INSERT INTO "log_op" VALUES(1,7,7,X'01A2288EE6167123AEC845E25EC4657A',1795976783382,1795976783382,X'01A2288EE4EF73CB884920E58725EA79',X'01A2288EE4EF72C5B4BE77904861A9A8',NULL,NULL,1,0,X'149E4563DF78A660FD9E46CFEBBA87EAF5B75F5CF8562AB9BE88BA67861BFD8A',X'58107AEC87009944317C2034F9CB504C8A59799FF99D8A593AB48EEDEA09E0F5',X'50BBCDE17C26519AAA688EEC3C4B9F063A6B50B1B94BCB5CABB627267212D4AB');
INSERT INTO "log_op" VALUES(1,8,8,X'01A2288EE64774BB974BD0656C7403AB',1795976783431,1795976783431,X'01A2288EE4EF73CB884920E58725EA79',X'01A2288EE4EF72C5B4BE77904861A9A8',NULL,NULL,1,0,X'149E4563DF78A660FD9E46CFEBBA87EAF5B75F5CF8562AB9BE88BA67861BFD8A',X'50BBCDE17C26519AAA688EEC3C4B9F063A6B50B1B94BCB5CABB627267212D4AB',X'697E9297C819746C310AC6765C00D73DD108A45C22F6013F58BF366B5939F010');
INSERT INTO "log_op" VALUES(1,9,9,X'01A2288EE6767BA7829323A483B1A0A5',1795976783478,1795976783478,X'01A2288EE4EF73CB884920E58725EA79',X'01A2288EE4EF72C5B4BE77904861A9A8',NULL,NULL,1,0,X'149E4563DF78A660FD9E46CFEBBA87EAF5B75F5CF8562AB9BE88BA67861BFD8A',X'697E9297C819746C310AC6765C00D73DD108A45C22F6013F58BF366B5939F010',X'456DD56125BA82CAAA26A2FDB67B4D4A32CA11A49F005595358F5DFF4E1B1022');
INSERT INTO "log_op" VALUES(1,10,10,X'01A2288EE6A3707BA6F41C198EED8D20',1795976783523,1795976783523,X'01A2288EE4EF73CB884920E58725EA79',X'01A2288EE4EF72C5B4BE77904861A9A8',NULL,NULL,1,0,X'149E4563DF78A660FD9E46CFEBBA87EAF5B75F5CF8562AB9BE88BA67861BFD8A',X'456DD56125BA82CAAA26A2FDB67B4D4A32CA11A49F005595358F5DFF4E1B1022',X'E7B4E7A8DADF2C326061C8FCE2CA548E111631A01BD1864AC8877AC6F487D561');
INSERT INTO "log_op" VALUES(1,11,11,X'01A2288EE6CE7BCDBFE4549EFE018C59',1795976783566,1795976783566,X'01A2288EE4EF73CB884920E58725EA79',X'01A2288EE4EF72C5B4BE77904861A9A8',NULL,NULL,1,0,X'149E4563DF78A660FD9E46CFEBBA87EAF5B75F5CF8562AB9BE88BA67861BFD8A',X'E7B4E7A8DADF2C326061C8FCE2CA548E111631A01BD1864AC8877AC6F487D561',X'8F34FE6026AF42CCEBED35FC585C60F706914C09077F36C2C6AFDA89EB48F650');
INSERT INTO "log_op" VALUES(1,12,12,X'01A2288EE6DB7EC3BFF7D3FFF5764F61',1795976783579,1795976783579,X'01A2288EE4EF73CB884920E58725EA79',X'01A2288EE4EF72C5B4BE77904861A9A8',NULL,NULL,1,0,X'149E4563DF78A660FD9E46CFEBBA87EAF5B75F5CF8562AB9BE88BA67861BFD8A',X'8F34FE6026AF42CCEBED35FC585C60F706914C09077F36C2C6AFDA89EB48F650',X'7F80919D2090136BF4A36340C2A6D19254F5468DBF4E0A4D06BAF67FB7C9A6C7');
INSERT INTO "log_op" VALUES(1,13,13,X'01A2288EE6E97C87A1D68F88842D14BF',1795976783593,1795976783593,X'01A2288EE4EF73CB884920E58725EA79',X'01A2288EE4EF72C5B4BE77904861A9A8',NULL,NULL,1,0,X'149E4563DF78A660FD9E46CFEBBA87EAF5B75F5CF8562AB9BE88BA67861BFD8A',X'7F80919D2090136BF4A36340C2A6D19254F5468DBF4E0A4D06BAF67FB7C9A6C7',X'51E394C366CC805F473B05A5B5D0F71F437B5B269F5DDFB60AE57C32426C14B2');
INSERT INTO "log_op" VALUES(1,14,14,X'01A2288EE6F57B3E936953598B066505',1795976783605,1795976783605,X'01A2288EE4EF73CB884920E58725EA79',X'01A2288EE4EF72C5B4BE77904861A9A8',NULL,NULL,1,0,X'149E4563DF78A660FD9E46CFEBBA87EAF5B75F5CF8562AB9BE88BA67861BFD8A',X'51E394C366CC805F473B05A5B5D0F71F437B5B269F5DDFB60AE57C32426C14B2',X'1DA79AA18241475D27A58823A5AC502271C4516E2E46318E09094E08871B0D33');
INSERT INTO "log_op" VALUES(1,15,15,X'01A2288EE70E7B219A4F946A34D68ED2',1795976783630,1795976783630,X'01A2288EE4EF73CB884920E58725EA79',X'01A2288EE4EF72C5B4BE77904861A9A8',NULL,NULL,1,0,X'149E4563DF78A660FD9E46CFEBBA87EAF5B75F5CF8562AB9BE88BA67861BFD8A',X'1DA79AA18241475D27A58823A5AC502271C4516E2E46318E09094E08871B0D33',X'9E64B51274CDBA9C0539DE75F5718C7E224C30A3F6C50E1764742DAB41B09430');
INSERT INTO "log_op" VALUES(1,16,16,X'01A2288EE73A7B6BB9094AD7FAC1F394',1795976783674,1795976783674,X'01A2288EE4EF73CB884920E58725EA79',X'01A2288EE4EF72C5B4BE77904861A9A8',NULL,NULL,1,0,X'149E4563DF78A660FD9E46CFEBBA87EAF5B75F5CF8562AB9BE88BA67861BFD8A',X'9E64B51274CDBA9C0539DE75F5718C7E224C30A3F6C50E1764742DAB41B09430',X'80DBC0804EF3EEFBC66FA462F3FB034B809AED110E14CB4AE28C6CF887C2D327');
INSERT INTO "log_op" VALUES(1,17,17,X'01A2288EE7627101B5DE295B1593419E',1795976783714,1795976783714,X'01A2288EE4EF73CB884920E58725EA79',X'01A2288EE4EF72C5B4BE77904861A9A8',NULL,NULL,1,0,X'149E4563DF78A660FD9E46CFEBBA87EAF5B75F5CF8562AB9BE88BA67861BFD8A',X'80DBC0804EF3EEFBC66FA462F3FB034B809AED110E14CB4AE28C6CF887C2D327',X'E0B17BDF298B04A63D71792CFF7146EF4EFFD0F87A5DC3915CDB38ECD7094262');
INSERT INTO "log_op" VALUES(1,18,18,X'01A2288EE78B789A80B7D9B742E495F9',1795976783755,1795976783755,X'01A2288EE4EF73CB884920E58725EA79',X'01A2288EE4EF72C5B4BE77904861A9A8',NULL,NULL,1,0,X'149E4563DF78A660FD9E46CFEBBA87EAF5B75F5CF8562AB9BE88BA67861BFD8A',X'E0B17BDF298B04A63D71792CFF7146EF4EFFD0F87A5DC3915CDB38ECD7094262',X'7E63108B9839B699D42FC2294F62AF3E80E2ED88D0183BC406BC8289CCD86D8F');
INSERT INTO "log_op" VALUES(1,19,19,X'01A2288EE7AD7E9DB9A756C07CD00CCA',1795976783789,1795976783789,X'01A2288EE4EF73CB884920E58725EA79',X'01A2288EE4EF72C5B4BE77904861A9A8',X'01A2288EE4EF742D83774D4AE1499DF1',18,1,0,X'149E4563DF78A660FD9E46CFEBBA87EAF5B75F5CF8562AB9BE88BA67861BFD8A',X'7E63108B9839B699D42FC2294F62AF3E80E2ED88D0183BC406BC8289CCD86D8F',X'C49BBC7DCCC910A34925E26EAA687D2A4167EE4CB78317C0AEFD4EF6271057BE');
INSERT INTO "log_op" VALUES(1,20,20,X'01A2288EE7C379FB93AD0696B0583FBF',1795976783811,1795976783811,X'01A2288EE4EF73CB884920E58725EA79',X'01A2288EE4EF72C5B4BE77904861A9A8',NULL,NULL,1,0,X'149E4563DF78A660FD9E46CFEBBA87EAF5B75F5CF8562AB9BE88BA67861BFD8A',X'C49BBC7DCCC910A34925E26EAA687D2A4167EE4CB78317C0AEFD4EF6271057BE',X'FC90CC6566DA8580B88145D0BD437D97E1F78D3D576E7D5EE8B85B710D097D5E');
INSERT INTO "log_op" VALUES(1,21,21,X'01A2288EE7D07BAD8EE56178E7F29B30',1795976783824,1795976783824,X'01A2288EE4EF73CB884920E58725EA79',X'01A2288EE4EF72C5B4BE77904861A9A8',NULL,NULL,1,0,X'149E4563DF78A660FD9E46CFEBBA87EAF5B75F5CF8562AB9BE88BA67861BFD8A',X'FC90CC6566DA8580B88145D0BD437D97E1F78D3D576E7D5EE8B85B710D097D5E',X'EECE97F6C81D8FB1532F1F9B4E45E91DAFB65FF0B357CD78EFC52BF4B2AE56EC');
INSERT INTO "log_op" VALUES(1,22,22,X'01A2288EE7FD7B928334AB2169277BA0',1795976783869,1795976783869,X'01A2288EE4EF73CB884920E58725EA79',X'01A2288EE4EF72C5B4BE77904861A9A8',NULL,NULL,2,0,X'149E4563DF78A660FD9E46CFEBBA87EAF5B75F5CF8562AB9BE88BA67861BFD8A',X'EECE97F6C81D8FB1532F1F9B4E45E91DAFB65FF0B357CD78EFC52BF4B2AE56EC',X'7F453B2FA7D6D172F62915E91E9F70D7BE6FB4F9649939214C118DD9DDC455E1');
INSERT INTO "log_op" VALUES(1,23,23,X'01A2288EE8257BFC988DBE8145031B70',1795976783909,1795976783909,X'01A2288EE4EF73CB884920E58725EA79',X'01A2288EE4EF72C5B4BE77904861A9A8',NULL,NULL,1,0,X'149E4563DF78A660FD9E46CFEBBA87EAF5B75F5CF8562AB9BE88BA67861BFD8A',X'7F453B2FA7D6D172F62915E91E9F70D7BE6FB4F9649939214C118DD9DDC455E1',X'48218556D13B4756E05C683B0EEE67163CDCF3F6C257E6916F4AB4C4FA403BEB');
INSERT INTO "log_op" VALUES(1,24,24,X'01A2288EE88071A09DCC184F15648DDC',1795976784000,1795976784000,X'01A2288EE4EF73CB884920E58725EA79',X'01A2288EE4EF72C5B4BE77904861A9A8',NULL,NULL,5,0,X'149E4563DF78A660FD9E46CFEBBA87EAF5B75F5CF8562AB9BE88BA67861BFD8A',X'48218556D13B4756E05C683B0EEE67163CDCF3F6C257E6916F4AB4C4FA403BEB',X'04E31CEE9E2EBCE6CF7E05C7BE5B753E6B5F84C66212D4901814BC46E4A43CDE');
INSERT INTO "log_op" VALUES(1,25,25,X'01A2288EE94E7C10AE242D71E752F68D',1795976784206,1795976784206,X'01A2288EE4EF7B6BAFA8018BAA35DF48',X'01A2288EE8807F46BF34AE3C52643EF0',NULL,NULL,1,0,X'149E4563DF78A660FD9E46CFEBBA87EAF5B75F5CF8562AB9BE88BA67861BFD8A',X'04E31CEE9E2EBCE6CF7E05C7BE5B753E6B5F84C66212D4901814BC46E4A43CDE',X'B967A8E2DCCFA51ACD2F5306321E0F2F36F01F397CC29003C7429CAEA9C7F343');
CREATE TABLE log_reading (
  desk INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  row INTEGER NOT NULL,
  person BLOB NOT NULL,
  unit BLOB NOT NULL,
  day INTEGER NOT NULL,
  round TEXT NOT NULL,
  form TEXT NOT NULL,
  form_version INTEGER NOT NULL,
  temp_am INTEGER, temp_pm INTEGER, site TEXT, place TEXT, in_hubei INTEGER, left_city INTEGER, status TEXT,
  rest TEXT NOT NULL,
  PRIMARY KEY (desk, seq, row),
  FOREIGN KEY (desk, seq) REFERENCES log_op (desk, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO "log_reading" VALUES(1,5,0,X'01A2288EE583711EBFFBAF9F5CD6F7EA',X'01A2288EE55377C68B7A9723B0C055A0',739950,'day','staff',2,364,366,NULL,NULL,NULL,NULL,NULL,'无');
INSERT INTO "log_reading" VALUES(1,5,1,X'01A2288EE583731BA1CAD4C68E982163',X'01A2288EE55377C68B7A9723B0C055A0',739950,'day','staff',2,365,378,NULL,NULL,NULL,NULL,NULL,'午后发热');
CREATE TABLE log_roster_row (
  desk INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  row INTEGER NOT NULL,
  person BLOB NOT NULL,
  no TEXT NOT NULL,
  name TEXT, unit BLOB, sex TEXT, kind TEXT, campus TEXT, phone TEXT, id_number TEXT, origin TEXT,
  address TEXT, contact TEXT, family_phone TEXT,
  PRIMARY KEY (desk, seq, row),
  FOREIGN KEY (desk, seq) REFERENCES log_op (desk, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO "log_roster_row" VALUES(1,4,0,X'01A2288EE5837039AAF8762CE4AB9118','3001','柳含章',X'01A2288EE53573CABCF8207AA8D63976','女',NULL,NULL,'19900003001',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "log_roster_row" VALUES(1,4,1,X'01A2288EE583783293955397F964073B','3002','闵知行',X'01A2288EE53573CABCF8207AA8D63976','男',NULL,NULL,'19900003002',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "log_roster_row" VALUES(1,4,2,X'01A2288EE583711EBFFBAF9F5CD6F7EA','3003','卓一苇',X'01A2288EE55377C68B7A9723B0C055A0','男',NULL,NULL,'19900003003',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "log_roster_row" VALUES(1,4,3,X'01A2288EE583731BA1CAD4C68E982163','3004','邬小满',X'01A2288EE55377C68B7A9723B0C055A0','女',NULL,NULL,'19900003004',NULL,NULL,NULL,NULL,NULL);
CREATE UNIQUE INDEX log_op_order ON log_op (lamport, desk, seq);
CREATE INDEX log_op_undoes ON log_op (undoes_seq) WHERE undoes_seq IS NOT NULL;
CREATE INDEX log_event_sheet ON log_event (desk, seq) WHERE kind = 'sheet.imported';
CREATE INDEX log_roster_row_person ON log_roster_row (person);
CREATE INDEX log_reading_person ON log_reading (person, day);
CREATE TRIGGER log_desk_no_update BEFORE UPDATE ON log_desk BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_desk_no_delete BEFORE DELETE ON log_desk BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_op_no_update BEFORE UPDATE ON log_op BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_op_no_delete BEFORE DELETE ON log_op BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_event_no_update BEFORE UPDATE ON log_event BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_event_no_delete BEFORE DELETE ON log_event BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_body_no_update BEFORE UPDATE ON log_body BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_body_no_delete BEFORE DELETE ON log_body BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_roster_row_no_update BEFORE UPDATE ON log_roster_row BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_roster_row_no_delete BEFORE DELETE ON log_roster_row BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_reading_no_update BEFORE UPDATE ON log_reading BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER log_reading_no_delete BEFORE DELETE ON log_reading BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE INDEX cur_link_op ON cur_link (desk, seq);
CREATE INDEX cur_unit_code ON cur_unit (code);
CREATE INDEX cur_person_no ON cur_person (no, unit, hay);
CREATE INDEX cur_person_unit ON cur_person (unit, no);
CREATE INDEX cur_person_name ON cur_person (keys, no);
CREATE INDEX cur_report_day ON cur_report (day, round);
CREATE INDEX cur_followup_person ON cur_followup (person, at);
CREATE INDEX cur_followup_unit ON cur_followup (unit, at);
CREATE INDEX cur_followup_contact ON cur_followup (contact, at) WHERE contact IS NOT NULL;
CREATE INDEX cur_followup_digits ON cur_followup (substr(digits, -7), at) WHERE digits <> '';
CREATE INDEX cur_followup_op ON cur_followup (desk, seq);
CREATE INDEX cur_followup_at ON cur_followup (at);
CREATE INDEX cur_followup_chase ON cur_followup (chase_unit, chase_day, chase_round) WHERE chase_unit IS NOT NULL;
CREATE INDEX cur_followup_next ON cur_followup (next_contact) WHERE next_contact IS NOT NULL;
CREATE INDEX cur_followup_unknown ON cur_followup (at) WHERE person IS NULL AND unit IS NULL AND contact IS NULL;
CREATE INDEX cur_promise_open ON cur_promise (due) WHERE ended IS NULL;
CREATE INDEX cur_promise_person ON cur_promise (person) WHERE person IS NOT NULL;
CREATE INDEX cur_promise_unit ON cur_promise (unit) WHERE unit IS NOT NULL;
CREATE INDEX cur_promise_contact ON cur_promise (contact) WHERE contact IS NOT NULL;
CREATE INDEX cur_promise_call ON cur_promise (followup);
CREATE INDEX cur_case_person ON cur_case (person);
CREATE INDEX cur_case_open ON cur_case (opened_at) WHERE released_at IS NULL;
CREATE INDEX cur_note_person ON cur_note (person) WHERE person IS NOT NULL;
CREATE INDEX cur_note_unit ON cur_note (unit) WHERE unit IS NOT NULL;
CREATE INDEX cur_note_contact ON cur_note (contact) WHERE contact IS NOT NULL;
CREATE INDEX cur_sitrep_at ON cur_sitrep (at);
CREATE INDEX cur_told_at ON cur_told (at);
CREATE INDEX cur_question_open ON cur_question (asked_at) WHERE ended IS NULL;
CREATE INDEX cur_shift_open ON cur_shift (started_at) WHERE closed_at IS NULL;
COMMIT;
