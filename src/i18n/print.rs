//! What became of a paper at the printer.

crate::words! {
    /// It came out.
    printed(printer, job): "已打印（打印机 {printer}，任务 {job}）", "Printed (printer {printer}, job {job})";
    /// It left the queue, and nothing says that it was started.
    left(printer, job, file): "任务 {job} 已不在打印机 {printer} 的队列里，没有打印记录：请到打印机处查看。文件在 {file}", "Job {job} has left the queue of {printer}, and nothing says it was printed: look at the printer. The file is {file}";
    /// It was taken back in the queue or at the printer.
    cancelled(printer, job, file): "任务 {job} 被取消，没有打印，或没有打印完：请到打印机 {printer} 处查看。文件在 {file}", "Job {job} was cancelled: not printed, or not completely: look at printer {printer}. The file is {file}";
    /// The print service ended while the job was on its way.
    service_gone(printer, job, file): "打印服务（cupsd）中途停止，任务 {job} 是否打印不明：请到打印机 {printer} 处查看。文件在 {file}", "The print service (cupsd) stopped on the way; whether job {job} was printed is not known: look at printer {printer}. The file is {file}";
    /// The printer could not; the queue tries again by itself.
    tries_again(printer, reason, file): "打印机 {printer} 没有打印成功：{reason}。任务留在队列里，过几分钟自动再试；文件在 {file}", "Printer {printer} could not print it: {reason}. The job stays in the queue, which tries again in some minutes; the file is {file}";
    /// The printer asks for a password.
    held_for_password(printer, job, file): "任务 {job} 等待输入打印机 {printer} 的用户名和口令（在系统的打印队列里输入），尚未打印；文件在 {file}", "Job {job} waits for a user name and password of printer {printer} (given in the system's print queue), not printed yet; the file is {file}";
    /// A queue took it; it cannot be asked.
    sent(printer, job): "已送打印机 {printer}（任务 {job}），无法查询打印结果", "Sent to printer {printer} (job {job}); its queue cannot be asked";
    /// Others are before it.
    waiting(printer, ahead, file; jobs = ahead "job" "jobs"): "已送打印机 {printer}，前面还有 {ahead} 个任务，尚未打印；文件在 {file}", "Sent to printer {printer}, waiting behind {ahead} {jobs}, not printed yet; the file is {file}";
    /// It is next, but not begun.
    waiting_next(printer, file): "已送打印机 {printer}，排在第一位，尚未开始打印；文件在 {file}", "Sent to printer {printer}, next in the queue, not begun yet; the file is {file}";
    /// It is being printed, for longer than anybody waited.
    printing(printer, job, file): "打印机 {printer} 正在打印（任务 {job}），还没有打印完；文件在 {file}", "Printer {printer} is printing it (job {job}), not finished yet; the file is {file}";
    /// It is being printed, and the printer complains.
    trouble(printer, reason, file): "打印机 {printer} 没有打印完：{reason}。任务仍在队列里；文件在 {file}", "Printer {printer} has not finished: {reason}. The job stays in the queue; the file is {file}";
    /// The queue is stopped.
    stopped(printer, reason, file): "打印机 {printer} 已停用：{reason}。任务在排队，启用后才会打印；文件在 {file}", "Printer {printer} stopped: {reason}. The job waits there until it is started again; the file is {file}";
    /// The job is held.
    held(printer, job, file): "任务 {job} 被打印机 {printer} 暂缓，放行后才会打印；文件在 {file}", "Job {job} is held at printer {printer} and prints when it is released; the file is {file}";
    /// The printer gave up on the job.
    failed(printer, reason, file): "打印机 {printer} 没有打印成功：{reason}；文件在 {file}", "Printer {printer} could not print it: {reason}; the file is {file}";
    /// The queue takes no jobs.
    not_accepting(printer, reason, file): "打印机 {printer} 不接收任务：{reason}；文件在 {file}", "Printer {printer} takes no jobs: {reason}; the file is {file}";
    /// No queue of that name; there are others.
    no_such(printer, others, file): "没有名为 {printer} 的打印机；现有：{others}。文件在 {file}", "There is no printer {printer}; there are: {others}. The file is {file}";
    /// No printer is the default; there are some.
    choose(others, file): "没有默认打印机，请选一台：{others}。文件在 {file}", "No printer is the default; choose one: {others}. The file is {file}";
    /// No printer is set up.
    none(file): "没有打印机，文件在 {file}", "There is no printer; the file is {file}";
    /// CUPS is not installed.
    no_cups(file): "没有打印机（本机未安装 CUPS），文件在 {file}", "There is no printer (CUPS is not installed here); the file is {file}";
    /// The scheduler does not run.
    not_running(file): "打印服务（cupsd）没有运行，文件在 {file}", "The print service (cupsd) is not running; the file is {file}";
    /// The queue refused.
    refused(printer, file): "打印机 {printer} 没有接收这份文件，请到打印机或打印队列处查看；文件在 {file}", "Printer {printer} did not take it: look at the printer and its queue. The file is {file}";
    /// A path that cannot be given to the print service.
    bad_path(file): "文件路径含有打印服务不认的字符，没有打印；文件在 {file}", "The path holds characters that the print service does not take: not printed. The file is {file}";
    /// The name cannot be a printer's.
    bad_name(name, file): "“{name}”不能作打印机名，文件在 {file}", "\"{name}\" cannot be a printer's name; the file is {file}";
    /// Nobody waited for the queue's answer.
    not_sent(file): "已停止等待，没有送出打印；文件在 {file}", "Stopped before it was sent to a printer; the file is {file}";
    /// The print service does not answer.
    silent(file): "打印服务没有回应，文件在 {file}", "The print service does not answer; the file is {file}";
    /// No reason is known.
    UNKNOWN: "原因不明", "no reason given";
    /// A printer is ready.
    IDLE: "空闲", "ready";
    /// A printer prints.
    BUSY: "正在打印", "printing";
    /// A printer is stopped.
    STOPPED: "已停用", "stopped";
    /// A printer that nothing is known of.
    UNCLEAR: "状态不明", "state unknown";
    /// A reason.
    PAPER_OUT: "缺纸", "out of paper";
    /// A reason.
    PAPER_LOW: "纸将用完", "paper low";
    /// A reason.
    PAPER_JAM: "卡纸", "paper jam";
    /// A reason.
    TONER_OUT: "缺墨或缺粉", "out of toner or ink";
    /// A reason.
    TONER_LOW: "墨粉将用完", "toner or ink low";
    /// A reason.
    DOOR_OPEN: "机盖未关", "door or cover open";
    /// A reason.
    OFFLINE: "脱机", "offline";
    /// A reason.
    TRAY: "纸盒未装好", "paper tray missing";
    /// A reason.
    PAUSED: "已暂停", "paused";
}
