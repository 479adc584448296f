import type { Migration } from './migration'

/**
 * `series` holds one metric of one run and its aggregates (NULL stands for NaN). `chunks` of level 0 hold the points
 * (see chunk.ts), those of level 1 and up summaries (see pyramid.ts); row `seq` covers the points from
 * `seq × rowPoints(level)` on. `garbage` names files that lost their last artifact and are being removed.
 */
export const first: Migration = {
  name: 'first',
  sql: `
    CREATE TABLE documents (
      hash TEXT PRIMARY KEY,
      text TEXT NOT NULL
    ) STRICT;

    CREATE TABLE runs (
      key INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'paused', 'stopped', 'interrupted', 'failed', 'done')),
      document TEXT NOT NULL REFERENCES documents (hash),
      document_hash TEXT NOT NULL,
      dataset_hash TEXT NOT NULL,
      environment TEXT NOT NULL,
      seed INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      started_at INTEGER,
      finished_at INTEGER,
      updated_at INTEGER NOT NULL,
      steps INTEGER NOT NULL DEFAULT 0,
      epochs REAL NOT NULL DEFAULT 0,
      samples INTEGER NOT NULL DEFAULT 0,
      seconds REAL NOT NULL DEFAULT 0,
      errors TEXT NOT NULL DEFAULT '[]',
      parent TEXT,
      note TEXT NOT NULL DEFAULT '',
      run_group TEXT,
      color TEXT,
      archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
      rewinds INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX runs_by_creation ON runs (created_at);
    CREATE INDEX runs_by_status ON runs (status);
    CREATE INDEX runs_by_document ON runs (document);
    CREATE INDEX runs_by_document_hash ON runs (document_hash);
    CREATE INDEX runs_by_parent ON runs (parent) WHERE parent IS NOT NULL;
    CREATE INDEX runs_by_group ON runs (run_group) WHERE run_group IS NOT NULL;

    CREATE TABLE run_tags (
      run INTEGER NOT NULL REFERENCES runs (key) ON DELETE CASCADE,
      tag TEXT NOT NULL,
      PRIMARY KEY (run, tag)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX run_tags_by_tag ON run_tags (tag, run);

    CREATE TABLE series (
      id INTEGER PRIMARY KEY,
      run INTEGER NOT NULL REFERENCES runs (key) ON DELETE CASCADE,
      key TEXT NOT NULL,
      count INTEGER NOT NULL DEFAULT 0,
      non_finite INTEGER NOT NULL DEFAULT 0,
      first REAL,
      first_step INTEGER,
      last REAL,
      last_step INTEGER,
      min REAL,
      min_step INTEGER,
      max REAL,
      max_step INTEGER,
      UNIQUE (run, key)
    ) STRICT;

    CREATE TABLE chunks (
      id INTEGER PRIMARY KEY,
      series INTEGER NOT NULL REFERENCES series (id) ON DELETE CASCADE,
      level INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      last_step INTEGER NOT NULL,
      data BLOB NOT NULL,
      UNIQUE (series, level, seq)
    ) STRICT;
    CREATE INDEX chunks_by_step ON chunks (series, level, last_step, seq);

    CREATE TABLE events (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      run INTEGER NOT NULL REFERENCES runs (key) ON DELETE CASCADE,
      kind TEXT NOT NULL,
      step INTEGER NOT NULL,
      time REAL NOT NULL,
      recorded_at INTEGER NOT NULL,
      data TEXT NOT NULL
    ) STRICT;
    CREATE INDEX events_by_run ON events (run, id);

    CREATE TABLE artifacts (
      id INTEGER PRIMARY KEY,
      run INTEGER NOT NULL REFERENCES runs (key) ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('checkpoint', 'best', 'export')),
      step INTEGER NOT NULL,
      epoch REAL NOT NULL,
      hash TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      label TEXT NOT NULL,
      created_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX artifacts_by_run ON artifacts (run, kind, step);
    CREATE INDEX artifacts_by_hash ON artifacts (hash);

    CREATE TABLE garbage (hash TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  `,
}
