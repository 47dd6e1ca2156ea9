#pragma once

namespace segell::sqlite {

/// Name of a SQLite VFS: the system's own, except that the write-ahead log reaches the file in one write a commit where
/// SQLite makes two for each page. Registered by the first call. Only for connections with synchronous=FULL: they sync
/// the log in every commit before they tell others of it, and what is gathered is written first then. What a failed
/// write leaves out is refused until the transaction that wrote it is gone.
const char* gathering_vfs();

}  // namespace segell::sqlite
