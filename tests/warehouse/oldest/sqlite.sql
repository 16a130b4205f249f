PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0005');
CREATE TABLE articles (
	id INTEGER NOT NULL, 
	feed_key VARCHAR(120) NOT NULL, 
	guid TEXT NOT NULL, 
	version_number INTEGER DEFAULT '1' NOT NULL, 
	version TEXT DEFAULT '' NOT NULL, 
	is_current BOOLEAN DEFAULT '1' NOT NULL, 
	status VARCHAR(12) DEFAULT 'usable' NOT NULL, 
	publisher TEXT DEFAULT '' NOT NULL, 
	url TEXT DEFAULT '' NOT NULL, 
	title TEXT DEFAULT '' NOT NULL, 
	text TEXT DEFAULT '' NOT NULL, 
	language VARCHAR(12) DEFAULT '' NOT NULL, 
	published_at DATETIME, 
	published_at_source VARCHAR(12) DEFAULT '' NOT NULL, 
	updated_at DATETIME, 
	dateline TEXT DEFAULT '' NOT NULL, 
	byline TEXT DEFAULT '' NOT NULL, 
	credit TEXT DEFAULT '' NOT NULL, 
	urgency INTEGER, 
	subjects JSON DEFAULT '[]' NOT NULL, 
	keywords JSON DEFAULT '[]' NOT NULL, 
	note TEXT DEFAULT '' NOT NULL, 
	embargoed_until DATETIME, 
	content_sha256 VARCHAR(64) NOT NULL, 
	fetched_at DATETIME NOT NULL, 
	detected_at DATETIME, 
	engine_version VARCHAR(40) DEFAULT '' NOT NULL, 
	lexicon_version VARCHAR(40) DEFAULT '' NOT NULL, 
	story_id INTEGER, 
	diff JSON, 
	CONSTRAINT pk_articles PRIMARY KEY (id), 
	CONSTRAINT fk_articles_feed_key_feeds FOREIGN KEY(feed_key) REFERENCES feeds (feed_key), 
	CONSTRAINT fk_articles_story_id_stories FOREIGN KEY(story_id) REFERENCES stories (id), 
	CONSTRAINT uq_articles_feed_key_guid_version_number UNIQUE (feed_key, guid, version_number)
);
INSERT INTO "articles" VALUES(1,'wire','a1',1,'',0,'usable','','','Old headline','Freedonia broke the cap on fuel.','',NULL,'',NULL,'','','',NULL,'[]','[]','',NULL,'1','2026-11-01 09:00:00.000000',NULL,'','',1,NULL);
INSERT INTO "articles" VALUES(2,'wire','a1',2,'',1,'usable','','','Newer headline','Freedonia broke the cap on fuel, it is said.','','2026-11-01 09:00:00.000000','',NULL,'','','',NULL,'["16000000"]','[]','',NULL,'2','2026-11-01 09:00:00.000000','2026-11-01 09:00:00.000000','','',1,'[["+", "it is said"]]');
CREATE TABLE conversions (
	id VARCHAR(80) NOT NULL, 
	product TEXT NOT NULL, 
	from_unit VARCHAR(32) NOT NULL, 
	to_unit VARCHAR(32) NOT NULL, 
	factor FLOAT NOT NULL, 
	factor_low FLOAT, 
	factor_high FLOAT, 
	source TEXT NOT NULL, 
	CONSTRAINT pk_conversions PRIMARY KEY (id)
);
CREATE TABLE decisions (
	id INTEGER NOT NULL, 
	item_id INTEGER NOT NULL, 
	decided_at DATETIME NOT NULL, 
	reviewer TEXT NOT NULL, 
	action VARCHAR(12) NOT NULL, 
	reason VARCHAR(40), 
	note TEXT DEFAULT '' NOT NULL, 
	"before" JSON NOT NULL, 
	"after" JSON NOT NULL, 
	item_version INTEGER NOT NULL, 
	undoes_id INTEGER, 
	engine_version VARCHAR(40) DEFAULT '' NOT NULL, 
	CONSTRAINT pk_decisions PRIMARY KEY (id), 
	CONSTRAINT fk_decisions_item_id_flagged_items FOREIGN KEY(item_id) REFERENCES flagged_items (id), 
	CONSTRAINT fk_decisions_undoes_id_decisions FOREIGN KEY(undoes_id) REFERENCES decisions (id), 
	CONSTRAINT uq_decisions_item_id_item_version UNIQUE (item_id, item_version)
);
INSERT INTO "decisions" VALUES(1,1,'2026-11-01 09:00:00.000000','ann','correct',NULL,'a note','{"act": "evade"}','{"act": "violate"}',1,NULL,'');
CREATE TABLE deliveries (
	id INTEGER NOT NULL, 
	digest_id INTEGER NOT NULL, 
	sink VARCHAR(16) NOT NULL, 
	recipient TEXT NOT NULL, 
	state VARCHAR(8) NOT NULL, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	tried_at DATETIME, 
	sent_at DATETIME, 
	message TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_deliveries PRIMARY KEY (id), 
	CONSTRAINT ck_deliveries_state CHECK (state IN ('pending', 'sent', 'refused', 'failed', 'unknown')), 
	CONSTRAINT fk_deliveries_digest_id_digests FOREIGN KEY(digest_id) REFERENCES digests (id), 
	CONSTRAINT uq_deliveries_digest_id_sink_recipient UNIQUE (digest_id, sink, recipient)
);
INSERT INTO "deliveries" VALUES(1,1,'smtp','a@x.example','sent',1,NULL,'2026-11-01 09:00:00.000000','');
CREATE TABLE digest_items (
	subscription_key VARCHAR(80) NOT NULL, 
	item_id INTEGER NOT NULL, 
	item_state VARCHAR(64) NOT NULL, 
	digest_id INTEGER NOT NULL, 
	CONSTRAINT pk_digest_items PRIMARY KEY (subscription_key, item_id), 
	CONSTRAINT fk_digest_items_digest_id_digests FOREIGN KEY(digest_id) REFERENCES digests (id), 
	CONSTRAINT fk_digest_items_item_id_flagged_items FOREIGN KEY(item_id) REFERENCES flagged_items (id) ON DELETE CASCADE
);
INSERT INTO "digest_items" VALUES('desk',1,'s',1);
CREATE TABLE digests (
	id INTEGER NOT NULL, 
	subscription_key VARCHAR(80) NOT NULL, 
	day DATE NOT NULL, 
	kind VARCHAR(12) DEFAULT 'daily' NOT NULL, 
	sequence INTEGER DEFAULT '0' NOT NULL, 
	window_from DATETIME NOT NULL, 
	window_to DATETIME NOT NULL, 
	composed_at DATETIME NOT NULL, 
	subject TEXT NOT NULL, 
	message_id TEXT NOT NULL, 
	message BLOB NOT NULL, 
	item_ids JSON DEFAULT '[]' NOT NULL, 
	CONSTRAINT pk_digests PRIMARY KEY (id), 
	CONSTRAINT uq_digests_subscription_key_day_kind_sequence UNIQUE (subscription_key, day, kind, sequence)
);
INSERT INTO "digests" VALUES(1,'desk','2026-11-01','daily',0,'2026-11-01 09:00:00.000000','2026-11-01 09:00:00.000000','2026-11-01 09:00:00.000000','Today','<m@x>',X'6D61696C','[1]');
CREATE TABLE feed_health (
	feed_key VARCHAR(120) NOT NULL, 
	finding VARCHAR(32) NOT NULL, 
	level VARCHAR(8) NOT NULL, 
	message TEXT NOT NULL, 
	since_at DATETIME NOT NULL, 
	checked_at DATETIME NOT NULL, 
	alerted_at DATETIME, 
	ended_at DATETIME, 
	CONSTRAINT pk_feed_health PRIMARY KEY (feed_key, finding), 
	CONSTRAINT fk_feed_health_feed_key_feeds FOREIGN KEY(feed_key) REFERENCES feeds (feed_key)
);
CREATE TABLE feeds (
	feed_key VARCHAR(120) NOT NULL, 
	publisher TEXT NOT NULL, 
	url TEXT NOT NULL, 
	host TEXT DEFAULT '' NOT NULL, 
	language VARCHAR(12) DEFAULT '' NOT NULL, 
	country VARCHAR(12) DEFAULT '' NOT NULL, 
	kind VARCHAR(24) DEFAULT '' NOT NULL, 
	tier INTEGER DEFAULT '2' NOT NULL, 
	is_state_media BOOLEAN DEFAULT '0' NOT NULL, 
	is_enabled BOOLEAN DEFAULT '1' NOT NULL, 
	state VARCHAR(16) DEFAULT 'active' NOT NULL, 
	interval_seconds FLOAT DEFAULT '900' NOT NULL, 
	next_poll_at DATETIME, 
	last_fetch_at DATETIME, 
	last_good_at DATETIME, 
	last_new_at DATETIME, 
	last_full_at DATETIME, 
	last_outcome VARCHAR(24), 
	message TEXT DEFAULT '' NOT NULL, 
	failures FLOAT DEFAULT '0' NOT NULL, 
	empty_runs INTEGER DEFAULT '0' NOT NULL, 
	etag TEXT DEFAULT '' NOT NULL, 
	last_modified TEXT DEFAULT '' NOT NULL, 
	validator_url TEXT DEFAULT '' NOT NULL, 
	body_sha256 VARCHAR(64) DEFAULT '' NOT NULL, 
	moved_to TEXT DEFAULT '' NOT NULL, 
	moved_sightings INTEGER DEFAULT '0' NOT NULL, 
	usual_gap_seconds FLOAT, 
	entries_per_day FLOAT, 
	CONSTRAINT pk_feeds PRIMARY KEY (feed_key)
);
INSERT INTO "feeds" VALUES('wire','The Wire','https://wire.example/rss','','en','','',2,0,1,'active',900.0,NULL,NULL,'2026-11-01 09:00:00.000000',NULL,NULL,NULL,'',0.0,0,'"e1"','','','','',0,NULL,NULL);
CREATE TABLE fetches (
	id INTEGER NOT NULL, 
	feed_key VARCHAR(120) NOT NULL, 
	fetched_at DATETIME NOT NULL, 
	outcome VARCHAR(24) NOT NULL, 
	status INTEGER, 
	message TEXT DEFAULT '' NOT NULL, 
	body_bytes INTEGER DEFAULT '0' NOT NULL, 
	elapsed_seconds FLOAT DEFAULT '0' NOT NULL, 
	entries INTEGER DEFAULT '0' NOT NULL, 
	dispositions JSON DEFAULT '{}' NOT NULL, 
	CONSTRAINT pk_fetches PRIMARY KEY (id), 
	CONSTRAINT ck_fetches_outcome CHECK (outcome IN ('new', 'unchanged', 'empty', 'unreachable', 'dns_failed', 'timed_out', 'tls_failed', 'http_error', 'rate_limited', 'gone', 'unauthorised', 'too_large', 'refused_encoding', 'refused_bytes', 'redirect_loop', 'blocked_address', 'not_a_feed', 'parse_failed', 'network_down')), 
	CONSTRAINT fk_fetches_feed_key_feeds FOREIGN KEY(feed_key) REFERENCES feeds (feed_key)
);
INSERT INTO "fetches" VALUES(1,'wire','2026-11-01 09:00:00.000000','new',200,'',0,0.0,2,'{}');
CREATE TABLE flagged_items (
	id INTEGER NOT NULL, 
	item_key VARCHAR(64) NOT NULL, 
	flagged_at DATETIME NOT NULL, 
	category VARCHAR(20) NOT NULL, 
	act VARCHAR(12) NOT NULL, 
	actor JSON DEFAULT '[]' NOT NULL, 
	addressee JSON DEFAULT '[]' NOT NULL, 
	target JSON DEFAULT '[]' NOT NULL, 
	measure VARCHAR(16) NOT NULL, 
	asked TEXT, 
	commodity JSON DEFAULT '[]' NOT NULL, 
	quantity_value FLOAT, 
	quantity_unit VARCHAR(32), 
	quantity_bbl FLOAT, 
	quantity_bbl_low FLOAT, 
	quantity_bbl_high FLOAT, 
	quantity TEXT, 
	quantities JSON DEFAULT '[]' NOT NULL, 
	period_from DATE, 
	period_to DATE, 
	event_from DATE, 
	event_to DATE, 
	modality VARCHAR(12) NOT NULL, 
	attribution TEXT, 
	evidence TEXT NOT NULL, 
	evidence_field VARCHAR(8) NOT NULL, 
	evidence_start INTEGER NOT NULL, 
	evidence_end INTEGER NOT NULL, 
	marks JSON DEFAULT '[]' NOT NULL, 
	rules JSON DEFAULT '[]' NOT NULL, 
	headline TEXT DEFAULT '' NOT NULL, 
	url TEXT DEFAULT '' NOT NULL, 
	publisher TEXT DEFAULT '' NOT NULL, 
	feed_key VARCHAR(120) NOT NULL, 
	language VARCHAR(12) DEFAULT '' NOT NULL, 
	published_at DATETIME, 
	article_id INTEGER NOT NULL, 
	story_id INTEGER, 
	thread_id INTEGER, 
	step_key VARCHAR(200), 
	quota_id VARCHAR(80), 
	share_of_quota FLOAT, 
	share_of_quota_low FLOAT, 
	share_of_quota_high FLOAT, 
	findings JSON DEFAULT '[]' NOT NULL, 
	origins INTEGER DEFAULT '1' NOT NULL, 
	score FLOAT NOT NULL, 
	priority FLOAT DEFAULT '0' NOT NULL, 
	priority_reasons JSON DEFAULT '[]' NOT NULL, 
	review_status VARCHAR(16) DEFAULT 'new' NOT NULL, 
	review_version INTEGER DEFAULT '0' NOT NULL, 
	reviewer TEXT, 
	reviewed_at DATETIME, 
	assignee TEXT, 
	duplicate_of INTEGER, 
	changed_at DATETIME NOT NULL, 
	engine_version VARCHAR(40) NOT NULL, 
	lexicon_version VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_flagged_items PRIMARY KEY (id), 
	CONSTRAINT ck_flagged_items_act CHECK (act IN ('impose', 'tighten', 'extend', 'ease', 'lift', 'request', 'propose', 'threaten', 'oppose', 'violate', 'evade', 'enforce', 'comply', 'in_force')), 
	CONSTRAINT ck_flagged_items_category CHECK (category IN ('un_request', 'trade_quota', 'sanction', 'trade_restriction')), 
	CONSTRAINT ck_flagged_items_measure CHECK (measure IN ('sanctions', 'embargo', 'arms_embargo', 'export_ban', 'import_ban', 'asset_freeze', 'travel_ban', 'designation', 'financial', 'shipping', 'price_cap', 'export_control', 'quota', 'tariff', 'other', 'none')), 
	CONSTRAINT ck_flagged_items_modality CHECK (modality IN ('asserted', 'alleged', 'planned', 'possible', 'denied')), 
	CONSTRAINT ck_flagged_items_review_status CHECK (review_status IN ('new', 'confirmed', 'rejected', 'corrected', 'duplicate', 'escalated', 'source_changed', 'withdrawn')), 
	CONSTRAINT ck_flagged_items_evidence CHECK (evidence_start < evidence_end), 
	CONSTRAINT ck_flagged_items_score CHECK (score BETWEEN 0 AND 1), 
	CONSTRAINT fk_flagged_items_article_id_articles FOREIGN KEY(article_id) REFERENCES articles (id), 
	CONSTRAINT fk_flagged_items_duplicate_of_flagged_items FOREIGN KEY(duplicate_of) REFERENCES flagged_items (id), 
	CONSTRAINT fk_flagged_items_story_id_stories FOREIGN KEY(story_id) REFERENCES stories (id), 
	CONSTRAINT fk_flagged_items_thread_id_threads FOREIGN KEY(thread_id) REFERENCES threads (id), 
	CONSTRAINT uq_flagged_items_item_key UNIQUE (item_key)
);
INSERT INTO "flagged_items" VALUES(1,'k1','2026-11-01 09:00:00.000000','trade_quota','violate','["XX"]','[]','["XX"]','quota',NULL,'["refined_petroleum"]',7.5,'bbl',NULL,NULL,NULL,NULL,'[]',NULL,NULL,NULL,NULL,'alleged',NULL,'Freedonia broke the cap on fuel, it is said.','text',0,44,'[]','[]','Newer headline','','The Wire','wire','','2026-11-01 09:00:00.000000',2,1,1,'XX/fuel/broken/2026-11-01',NULL,NULL,NULL,NULL,'[]',1,0.9,50.0,'[]','corrected',1,'ann','2026-11-01 09:00:00.000000',NULL,NULL,'2026-11-01 09:00:00.000000','e','l');
CREATE TABLE host_leases (
	host TEXT NOT NULL, 
	holder TEXT DEFAULT '' NOT NULL, 
	leased_until DATETIME, 
	next_request_at DATETIME, 
	CONSTRAINT pk_host_leases PRIMARY KEY (host)
);
CREATE TABLE item_codes (
	role VARCHAR(12) NOT NULL, 
	code VARCHAR(120) NOT NULL, 
	item_id INTEGER NOT NULL, 
	CONSTRAINT pk_item_codes PRIMARY KEY (role, code, item_id), 
	CONSTRAINT fk_item_codes_item_id_flagged_items FOREIGN KEY(item_id) REFERENCES flagged_items (id) ON DELETE CASCADE
);
INSERT INTO "item_codes" VALUES('target','XX',1);
CREATE TABLE item_names (
	item_id INTEGER NOT NULL, 
	list_name_id INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	match_score FLOAT NOT NULL, 
	explanation TEXT NOT NULL, 
	CONSTRAINT pk_item_names PRIMARY KEY (item_id, list_name_id), 
	CONSTRAINT fk_item_names_item_id_flagged_items FOREIGN KEY(item_id) REFERENCES flagged_items (id) ON DELETE CASCADE, 
	CONSTRAINT fk_item_names_list_name_id_list_names FOREIGN KEY(list_name_id) REFERENCES list_names (id) ON DELETE CASCADE
);
CREATE TABLE list_names (
	id INTEGER NOT NULL, 
	list_key VARCHAR(40) NOT NULL, 
	entry_key VARCHAR(120) NOT NULL, 
	name TEXT NOT NULL, 
	name_folded TEXT NOT NULL, 
	kind VARCHAR(12) NOT NULL, 
	imo INTEGER, 
	programme TEXT DEFAULT '' NOT NULL, 
	loaded_at DATETIME NOT NULL, 
	CONSTRAINT pk_list_names PRIMARY KEY (id), 
	CONSTRAINT uq_list_names_list_key_entry_key_name UNIQUE (list_key, entry_key, name)
);
CREATE TABLE quarantined_entries (
	id INTEGER NOT NULL, 
	feed_key VARCHAR(120) NOT NULL, 
	guid TEXT NOT NULL, 
	seen_at DATETIME NOT NULL, 
	problem TEXT NOT NULL, 
	entry JSON NOT NULL, 
	CONSTRAINT pk_quarantined_entries PRIMARY KEY (id), 
	CONSTRAINT uq_quarantined_entries_feed_key_guid UNIQUE (feed_key, guid)
);
INSERT INTO "quarantined_entries" VALUES(1,'wire','bad','2026-11-01 09:00:00.000000','ValueError: x','{"guid": "bad"}');
CREATE TABLE quota_figures (
	id INTEGER NOT NULL, 
	quota_id VARCHAR(80) NOT NULL, 
	period_from DATE NOT NULL, 
	period_to DATE NOT NULL, 
	supplier TEXT DEFAULT '' NOT NULL, 
	value FLOAT NOT NULL, 
	unit VARCHAR(32) NOT NULL, 
	value_bbl FLOAT, 
	value_bbl_low FLOAT, 
	value_bbl_high FLOAT, 
	kind VARCHAR(32) NOT NULL, 
	source TEXT NOT NULL, 
	note TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_quota_figures PRIMARY KEY (id), 
	CONSTRAINT fk_quota_figures_quota_id_quotas FOREIGN KEY(quota_id) REFERENCES quotas (id), 
	CONSTRAINT uq_quota_figures_quota_id_period_from_period_to_supplier_kind_value UNIQUE (quota_id, period_from, period_to, supplier, kind, value)
);
CREATE TABLE quotas (
	id VARCHAR(80) NOT NULL, 
	body VARCHAR(40) NOT NULL, 
	instrument TEXT NOT NULL, 
	target JSON DEFAULT '[]' NOT NULL, 
	commodity JSON DEFAULT '[]' NOT NULL, 
	direction VARCHAR(12) DEFAULT '' NOT NULL, 
	measure TEXT NOT NULL, 
	limit_value FLOAT, 
	limit_unit VARCHAR(32), 
	limit_bbl FLOAT, 
	limit_text TEXT DEFAULT '' NOT NULL, 
	period VARCHAR(40) DEFAULT '' NOT NULL, 
	valid_from DATE, 
	valid_to DATE, 
	note TEXT DEFAULT '' NOT NULL, 
	source TEXT NOT NULL, 
	confidence VARCHAR(12) NOT NULL, 
	loaded_at DATETIME NOT NULL, 
	CONSTRAINT pk_quotas PRIMARY KEY (id)
);
CREATE TABLE regimes (
	id VARCHAR(80) NOT NULL, 
	body VARCHAR(40) NOT NULL, 
	name TEXT NOT NULL, 
	committee TEXT DEFAULT '' NOT NULL, 
	target JSON DEFAULT '[]' NOT NULL, 
	established TEXT DEFAULT '' NOT NULL, 
	measures TEXT DEFAULT '' NOT NULL, 
	expires_on DATE, 
	expires_text TEXT DEFAULT '' NOT NULL, 
	source TEXT NOT NULL, 
	loaded_at DATETIME NOT NULL, 
	CONSTRAINT pk_regimes PRIMARY KEY (id)
);
CREATE TABLE stories (
	id INTEGER NOT NULL, 
	first_feed_key VARCHAR(120) NOT NULL, 
	first_publisher TEXT NOT NULL, 
	first_published_at DATETIME, 
	origin TEXT DEFAULT '' NOT NULL, 
	language VARCHAR(12) DEFAULT '' NOT NULL, 
	carriers INTEGER DEFAULT '1' NOT NULL, 
	copy_digest BLOB, 
	copy_digest_version VARCHAR(24) DEFAULT '' NOT NULL, 
	CONSTRAINT pk_stories PRIMARY KEY (id)
);
INSERT INTO "stories" VALUES(1,'wire','The Wire','2026-11-01 09:00:00.000000','wire','',1,X'0001FF','x');
CREATE TABLE story_bands (
	band BIGINT NOT NULL, 
	story_id INTEGER NOT NULL, 
	CONSTRAINT pk_story_bands PRIMARY KEY (band, story_id), 
	CONSTRAINT fk_story_bands_story_id_stories FOREIGN KEY(story_id) REFERENCES stories (id)
);
INSERT INTO "story_bands" VALUES(4611686018427387904,1);
CREATE TABLE threads (
	id INTEGER NOT NULL, 
	thread_key VARCHAR(200) NOT NULL, 
	title TEXT NOT NULL, 
	status VARCHAR(16) NOT NULL, 
	opened_at DATETIME NOT NULL, 
	changed_at DATETIME NOT NULL, 
	closed_at DATETIME, 
	parent_id INTEGER, 
	quota_id VARCHAR(80), 
	CONSTRAINT pk_threads PRIMARY KEY (id), 
	CONSTRAINT fk_threads_parent_id_threads FOREIGN KEY(parent_id) REFERENCES threads (id), 
	CONSTRAINT uq_threads_thread_key UNIQUE (thread_key)
);
INSERT INTO "threads" VALUES(1,'XX/fuel','XX: fuel','in_force','2026-11-01 09:00:00.000000','2026-11-01 09:00:00.000000',NULL,NULL,NULL);
CREATE INDEX ix_fetches_feed_key_fetched_at ON fetches (feed_key, fetched_at);
CREATE INDEX ix_fetches_fetched_at ON fetches (fetched_at);
CREATE INDEX ix_articles_detected_at_id ON articles (detected_at, id);
CREATE INDEX ix_articles_published_at ON articles (published_at);
CREATE INDEX ix_articles_story_id ON articles (story_id);
CREATE INDEX ix_articles_url ON articles (url);
CREATE INDEX ix_flagged_items_article_id ON flagged_items (article_id);
CREATE INDEX ix_flagged_items_category_act ON flagged_items (category, act);
CREATE INDEX ix_flagged_items_changed_at ON flagged_items (changed_at);
CREATE INDEX ix_flagged_items_flagged_at ON flagged_items (flagged_at);
CREATE INDEX ix_flagged_items_published_at ON flagged_items (published_at);
CREATE INDEX ix_flagged_items_quota_id ON flagged_items (quota_id);
CREATE INDEX ix_flagged_items_review_status_priority_id ON flagged_items (review_status, priority, id);
CREATE INDEX ix_flagged_items_story_id ON flagged_items (story_id);
CREATE INDEX ix_flagged_items_thread_id ON flagged_items (thread_id);
CREATE INDEX ix_decisions_decided_at ON decisions (decided_at);
CREATE INDEX ix_decisions_reviewer ON decisions (reviewer);
CREATE INDEX ix_item_codes_item_id ON item_codes (item_id);
CREATE INDEX ix_list_names_imo ON list_names (imo);
CREATE INDEX ix_list_names_name_folded ON list_names (name_folded);
CREATE INDEX ix_deliveries_state ON deliveries (state);
COMMIT;
PRAGMA foreign_keys=ON;
