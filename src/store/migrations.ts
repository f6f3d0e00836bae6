import { type Kysely, type Migration, type MigrationProvider, sql } from 'kysely';

/** Append only: a published migration is never edited. */
const migrations: Record<string, Migration> = {
  '0001-archive': {
    async up(db: Kysely<never>) {
      for (const statement of ARCHIVE) await sql.raw(statement).execute(db);
    },
  },
  '0002-console': {
    async up(db: Kysely<never>) {
      for (const statement of CONSOLE) await sql.raw(statement).execute(db);
    },
  },
  '0003-briefings': {
    async up(db: Kysely<never>) {
      for (const statement of BRIEFINGS) await sql.raw(statement).execute(db);
    },
  },
  '0004-slack': {
    async up(db: Kysely<never>) {
      for (const statement of SLACK) await sql.raw(statement).execute(db);
    },
  },
  '0005-discord': {
    async up(db: Kysely<never>) {
      for (const statement of DISCORD) await sql.raw(statement).execute(db);
    },
  },
  '0006-forum-tag': {
    async up(db: Kysely<never>) {
      await sql`alter table subscription add column tag text`.execute(db);
    },
  },
  '0007-removals-merge-nothing': {
    // https://sqlite.org/fts5.html#the_deletemerge_configuration_option: what is removed goes when more is written; at once, it would hold everybody up.
    async up(db: Kysely<never>) {
      for (const table of ['sentence_words', 'question_words'])
        await sql.raw(`insert into ${table} (${table}, rank) values ('deletemerge', 0)`).execute(db);
    },
  },
  '0008-feeds': {
    async up(db: Kysely<never>) {
      for (const statement of FEEDS) await sql.raw(statement).execute(db);
    },
  },
  '0009-sentence-words': {
    async up(db: Kysely<never>) {
      for (const statement of SENTENCE_WORDS) await sql.raw(statement).execute(db);
    },
  },
};

export const provider: MigrationProvider = { getMigrations: async () => migrations };

/*
 * The full-text tables hold only tokens made by search/tokens.ts (the text itself is in `response`), one row a sentence;
 * words with an underscore are filters: r_ person, t_ topic, c_ country.
 */
const FULL_TEXT = `using fts5(body, content='', contentless_delete=1,
  tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co M*' tokenchars '_'")`;

const ARCHIVE = [
  'create table meta (key text primary key, value text not null)',
  'create table collection (name text primary key, sample integer not null, doc text not null)',
  'create table publication (id text primary key, collection text not null, doc text not null)',
  'create table person (id text primary key, collection text not null, doc text not null)',
  `create table file (path text primary key, collection text not null, size integer not null, modified real not null,
     problems text not null)`,
  `create table question (key integer primary key, id text not null unique, code text not null unique, file text not null,
     collection text not null, publication text not null, sample integer not null, listed integer not null, date text not null,
     hash text not null, doc text not null)`,
  'create index question_file on question (file)',
  'create index question_listed on question (listed)',
  'create index question_collection on question (collection, listed, date)',
  `create table question_topic (topic text not null, label text not null, question integer not null,
     primary key (topic, question)) without rowid`,
  'create index question_topic_question on question_topic (question)',
  `create table question_country (country text not null, question integer not null,
     primary key (country, question)) without rowid`,
  'create index question_country_question on question_country (question)',
  `create table response (key integer primary key, question integer not null, id text not null, language text not null,
     hash text not null, text text not null, sentences text not null, doc text not null)`,
  'create index response_question on response (question)',
  'create index response_language on response (language)',
  `create table response_person (person text not null, response integer not null,
     primary key (person, response)) without rowid`,
  'create index response_person_response on response_person (response)',
  `create table former_text (question_id text not null, response_id text not null, hash text not null, text text not null,
     replaced_on text not null, primary key (question_id, response_id, hash)) without rowid`,
  `create table embargo (question_id text not null, code text not null, until integer not null, lifted integer not null,
     file text not null, collection text not null, raw text not null, primary key (question_id, until)) without rowid`,
  'create table word (word text not null, sample integer not null, count integer not null, primary key (word, sample)) without rowid',
  `create table name (kind text not null, ref text not null, sample integer not null, label text not null,
     count integer not null, newest text not null, primary key (kind, ref, sample)) without rowid`,
  `create table name_key (key text not null, whole integer not null, kind text not null, ref text not null, sample integer not null,
     count integer not null, primary key (key, kind, ref, sample)) without rowid`,
  `create virtual table question_words ${FULL_TEXT}`,
  `create virtual table sentence_words ${FULL_TEXT}`,
];

const CONSOLE = [
  `create table console_channel (id text not null primary key, name text not null unique, created integer not null,
     revision integer not null unique)`,
  `create table console_message (id text not null primary key, channel text not null, owner text not null, visibility text not null,
     outcome text not null, line text not null, command text not null, options text not null, doc text not null,
     created integer not null, position integer not null unique, revision integer not null unique)`,
  'create index console_message_channel on console_message (channel, position)',
];

const BRIEFINGS = [
  'create table arrival (sequence integer primary key autoincrement, question_id text not null unique)',
  `create trigger question_arrives after insert on question when new.listed = 1
     begin insert or ignore into arrival (question_id) values (new.id); end`,
  'insert into arrival (question_id) select id from question where listed = 1 order by key',
  `create table subscription (id text primary key, platform text not null, workspace text not null, channel text not null,
     thread text not null, channel_name text not null, owner_id text not null, owner_name text not null, filter text not null,
     cron text not null, time_zone text not null, max integer not null, when_empty text not null, mention text, sample integer not null,
     paused_by text, paused_because text, created_at integer not null, known_up_to integer, next_slot text, next_at integer,
     version integer not null)`,
  'create index subscription_place on subscription (platform, workspace, channel)',
  'create index subscription_next on subscription (next_at) where paused_by is null and next_at is not null',
  `create table delivery (subscription text not null, slot text not null, platform text not null, workspace text not null,
     channel text not null, due_at integer not null, state text not null, not_before integer not null, attempts integer not null,
     late integer not null, claimed_by text, lease_until integer, digest text, external_id text, sent_at integer, reason text,
     corrects text, primary key (subscription, slot)) without rowid`,
  `create index delivery_open on delivery (platform, workspace, due_at, not_before, lease_until)
     where state in ('due', 'claimed', 'sending')`,
  "create index delivery_waiting on delivery (subscription, due_at) where state in ('due', 'claimed', 'sending')",
  'create index delivery_newest on delivery (subscription, due_at)',
  `create table briefed (subscription text not null, question_id text not null, slot text not null, briefed_at integer not null,
     hash text not null, state text not null, primary key (subscription, question_id)) without rowid`,
  `create table posted (subscription text not null, slot text not null, question_id text not null, hash text not null,
     state text not null, primary key (subscription, slot, question_id)) without rowid`,
  'create index posted_question on posted (question_id)',
  // Questions that were posted somewhere and may have changed since.
  'create table changed_question (question_id text primary key) without rowid',
  `create trigger question_added after insert on question when exists (select 1 from posted where question_id = new.id)
     begin insert or ignore into changed_question values (new.id); end`,
  `create trigger question_removed after delete on question when exists (select 1 from posted where question_id = old.id)
     begin insert or ignore into changed_question values (old.id); end`,
];

const SLACK = [
  'create table slack_installation (workspace text primary key, sealed text not null, installed_at integer not null) without rowid',
  'create table slack_action (workspace text not null, id text not null, doc text not null, primary key (workspace, id)) without rowid',
  'create table slack_seen (key text primary key, at integer not null) without rowid',
  'create index slack_seen_at on slack_seen (at)',
  `create table slack_thread (workspace text not null, channel text not null, thread text not null, at integer not null,
     primary key (workspace, channel, thread)) without rowid`,
];

const FEEDS = [
  `create table feed (id text primary key, url text not null unique, title text not null, decided text not null, etag text,
     last_modified text, next_poll integer not null, polled_at integer, failures integer not null, failing_since integer, reason text,
     reported integer not null, ended text, claimed_by text, lease_until integer) without rowid`,
  'create index feed_next on feed (next_poll) where ended is null',
  `create table feed_post (feed text not null, guid text not null, hash text, tries integer not null, seen_at integer not null,
     primary key (feed, guid)) without rowid`,
];

const DISCORD = [
  `create table discord_registration (application text not null, scope text not null, hash text not null,
     primary key (application, scope)) without rowid`,
  'create table discord_action (id text primary key, doc text not null) without rowid',
  'create table discord_post (key text primary key, hash text not null, at integer not null) without rowid',
  'create index discord_post_at on discord_post (at)',
];

/*
 * Smaller and faster: without the size of each sentence, which only ranking by FTS5 needs; tokens are taken as they come; and merged
 * many segments at a time, because most of the work was to merge the same words again and again.
 */
const SENTENCE_WORDS = [
  'drop table sentence_words',
  `create virtual table sentence_words using fts5(body, content='', columnsize=0, tokenize="ascii tokenchars '_'")`,
  "insert into sentence_words (sentence_words, rank) values ('automerge', 16)",
  "insert into sentence_words (sentence_words, rank) values ('crisismerge', 64)",
];
