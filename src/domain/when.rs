//! Times as an officer types them: `15:00`, `30m`, `tomorrow 9`, `明天9点`.
