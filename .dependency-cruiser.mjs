/**
 * Who may import whom (docs/ARCHITECTURE.md has the table). Each rule says why; test/rules plants a violation of each.
 * `inside` rules list what a place may import of this project; packages are free unless a rule names them.
 */
const SPEC = '\\.spec\\.tsx?$';
const QUERIES = '^src/views/.+\\.(query-types|queries)\\.ts$';
const EVENTS = '^src/domain/(.+\\.events|event-types)\\.ts$';
/** How an event of an older version reads as the newest one. */
const UPCASTERS = '^src/domain/upcasters\\.ts$';
const COMMANDS = '^src/domain/.+\\.commands\\.ts$';
const VIEWER = '^src/views/viewer\\.ts$';
/** How an answer is kept until something that it shows changes. */
const KEEPING = '^src/views/(shown|until-changed)\\.ts$';
/** The entry file of the projector's thread, and what opens the log for it. */
const PROJECTOR = '^src/views/(projector\\.worker|log-for-views)\\.ts$';
/** What a view answers to other views within a node. */
const DOORS = '^src/views/[^/]+/door/';
/** What takes several commands, a look at sealed facts, or a fact of the log as it is now: registering, publishing, signing in, links in mails, taking part. */
const PROCESSES =
  '^src/commands/(publish-post|register-member|faults|member-lookup|provider-links|link-lookup|link-token|invitation-lookup|confirm-email|store-image|taking-part|erase-streams|guest-comments|subscribers|claimable-comments|personal-streams)\\.ts$';
/** What texts, slugs, names and addresses may consist of: asked at the border for each field, and once more by the rules. */
const TEXT_RULES =
  '^src/domain/(text|post/(slug|page-address)|site/other-sites\\.check|member/(handle|handle-from|email))\\.ts$';
/** Where a page of another site stands by the rules that admins set: pure functions, which a view asks as it folds these rules. */
const PAGE_PLACES = '^src/domain/post/page-(address|rules)\\.ts$';
/** Whoever arrives is no stream yet, so that an act asks the policy's rules about them, and takes their proof of work once. */
const SCREENING = '^src/domain/(policy/(arrival|screen|policy\\.settings)|reservation/names)\\.ts$';
/** What the nodes of a forum tell each other: it stands beside the log and leads to nothing of it. */
const NOTICES = '^libs/event-store/notices\\.ts$';
/** Every view, and how each reads events of all versions. */
const VIEW_LIST = '^src/views/(definitions|newest|log-for-views)\\.ts$';
/** How the log is read back, to see what an earlier import has recorded. */
const READING_BACK = '^src/commands/(streams|decoders)\\.ts$';

/** What a receipt consists of, without a hash: browsers bring their own. */
const PURE_FORMS = '^libs/transparency/(base64|checkpoint|consistency-path|note-form|proof-file|proof-path)\\.ts$';

/** A place that may import, of this project, only what is listed. */
const inside = (name, comment, from, allowed, except = []) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: [SPEC, ...except] },
  to: { path: '^(src|libs|test|scripts)/', pathNot: [from, ...allowed] },
});

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Files that need each other cannot be read, tested or replaced one at a time.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'domain-is-pure',
      comment:
        'The rules take time, ids and randomness as data and do no I/O, so that they give the same answer for ever: no Nest, no Node, no package.',
      severity: 'error',
      from: { path: '^src/domain/', pathNot: [SPEC] },
      to: { pathNot: ['^src/domain/', '^libs/(kernel|words)/'] },
    },
    inside(
      'commands-load-and-append',
      'A handler says which stream and which facts (some are sealed: vault; the policy judges what readers see: markdown); it writes only through the log, and the files that the event of an image names; it never reaches into HTTP, pages or tables.',
      '^src/commands/',
      [
        '^src/domain/',
        '^libs/(burmese|kernel|markdown|nest-decider|event-store|vault|images|common-passwords|words)/',
        QUERIES,
      ],
    ),
    inside(
      'views-fold-events',
      'A view is a fold of stored facts in their newest versions: were it to see deciders, commands or another caller, a rebuild would not give the same rows. It opens sealed parts (vault) and files (images), renders (markdown), tells V8 that there is work (heap-pace) and answers in the shapes of the client.',
      '^src/views/',
      [
        EVENTS,
        UPCASTERS,
        PAGE_PLACES,
        '^libs/(answering-thread|burmese|heap-pace|kernel|languages|projections|event-store|vault|markdown|client|search|text-diff|images|words)/',
      ],
    ),
    {
      name: 'views-ask-at-the-door',
      comment:
        "A view's tables and files are its own: were another view to read them, neither could change alone. It asks by queries, or at the door where the answer is wanted within a node. The scratch area alone goes past: it shows files of its own by the very functions that show the live ones.",
      severity: 'error',
      from: { path: '^src/views/([^/]+)/', pathNot: [SPEC, '^src/views/scratch/'] },
      to: { path: '^src/views/[^/]+/', pathNot: ['^src/views/$1/', DOORS, QUERIES] },
    },
    {
      name: 'views-read-no-log',
      comment:
        'Pages are answered from tables; only history, and texts by their place, are read in the log itself. Types of what the log holds are free.',
      severity: 'error',
      from: { path: '^src/views/', pathNot: [SPEC, PROJECTOR, '^src/views/.*history[^/]*\\.ts$'] },
      to: { path: '^libs/event-store/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'projections-run-in-a-worker',
      comment: "A projection runs in the projector's thread, where Node strips types: no decorators, no Nest.",
      severity: 'error',
      from: { path: '^src/views/.+\\.view\\.ts$' },
      to: { path: '(^|/)node_modules/@nestjs/', dependencyTypesNot: ['type-only'] },
    },
    inside(
      'acts-command-and-query',
      'What people do, whichever way they came: an act asks who it is, sends commands and queries, tells V8 that there is work (heap-pace), and says in plain data what came of it. HTTP, sockets and pages are for those who call it, rules and tables for those whom it calls.',
      '^src/acts/',
      [
        '^src/access/',
        COMMANDS,
        PROCESSES,
        EVENTS,
        QUERIES,
        VIEWER,
        TEXT_RULES,
        SCREENING,
        '^libs/(burmese|heap-pace|kernel|client|languages|mail|nest-decider|projections|log-tree|transparency|translation|words)/',
      ],
    ),
    inside(
      'access-knows-who-and-what-they-may',
      'Sessions, limits and permissions come before any act, so they know of none: they ask who a member is, and the table of permissions.',
      '^src/access/',
      [
        '^src/commands/member-lookup\\.ts$',
        '^src/domain/member/member\\.events\\.ts$',
        QUERIES,
        VIEWER,
        '^src/(permissions|config)\\.ts$',
        '^libs/(kernel|client|words)/',
      ],
    ),
    inside(
      'reactors-follow-and-command',
      'What the forum does because something has happened: a reactor looks at a view, records by commands, and acts outside (mail, push). What it needs of the log, the members or a server is given to it, so that it can be tried without them.',
      '^src/reactors/',
      [COMMANDS, EVENTS, QUERIES, '^libs/(kernel|mail|nest-decider|projections|push|translation|words)/'],
    ),
    inside(
      'rehearsals-ask-the-rules',
      'What another policy would have done is read from the log and asked of the rules; nothing is recorded, so commands and views are out of reach.',
      '^src/rehearsal/',
      [
        '^src/domain/',
        READING_BACK,
        '^libs/(disposable-addresses|kernel|event-store|markdown|vault|client|sqlite|words)/',
      ],
    ),
    inside(
      'audit-reads',
      'Auditors are told what the log and the views hold, in threads of their own: nothing is recorded here, so commands and rules are out of reach. The port that it fills stands with the acts.',
      '^src/audit/',
      [
        '^src/domain/event-catalogue\\.ts$',
        VIEW_LIST,
        QUERIES,
        '^src/acts/auditing/(auditing|replaying)\\.ts$',
        '^libs/(kernel|event-store|event-index|projections|vault|client|sqlite)/',
      ],
    ),
    inside(
      'backups-are-files-and-a-log',
      'A backup has to be made and restored when nothing else of the forum runs or can be trusted: it knows the log, the keys, the images and nothing of what they mean.',
      '^src/keeping/backup/',
      ['^libs/(kernel|event-store|vault|images|log-copy)/'],
    ),
    inside(
      'exports-are-the-log',
      'An export is the log byte by byte, with what is signed beside it: it understands no event, so it can leave none out.',
      '^src/keeping/export/',
      ['^libs/(kernel|event-store|scratch|transparency)/'],
    ),
    inside(
      'public-exports-are-told-the-forum',
      'What is taken out for spreadsheets and other systems is what readers see: it is told by whoever reads the views, and leads to none of them, so it cannot hold more.',
      '^src/keeping/public-export/',
      ['^src/keeping/export/(beside-(file|folder)|draft-file|export-refused)\\.ts$', TEXT_RULES, '^libs/kernel/'],
    ),
    inside(
      'a-suitcase-holds-what-everybody-reads',
      'A suitcase is packed from what a reader without an account is answered and shown: queries and pages, so that nothing else can get into it, and the log for the receipts alone.',
      '^src/keeping/suitcase/',
      [
        QUERIES,
        '^src/web/(suitcase/[^/]+|shell/i18n/moments)\\.tsx?$',
        '^src/keeping/export/(beside-folder|export-refused)\\.ts$',
        '^libs/(kernel|client|event-store|feeds|markdown|search|transparency|words)/',
      ],
    ),
    inside(
      'verification-trusts-nothing-of-the-forum',
      'A data folder is held against what was signed by those who doubt it: the log, the tree and the views are read again, and no code that wrote them is asked but the folds themselves.',
      '^src/keeping/verification/',
      [
        '^src/domain/event-catalogue\\.ts$',
        VIEW_LIST,
        '^libs/(kernel|event-store|vault|images|log-tree|projections|transparency)/',
      ],
    ),
    inside(
      'api-speaks-commands-and-queries',
      'A controller turns a request into an act, a command or a query and its answer into a response; rules and tables are out of its reach. ',
      '^src/api/',
      [
        '^src/(acts|access)/',
        COMMANDS,
        PROCESSES,
        EVENTS,
        QUERIES,
        VIEWER,
        TEXT_RULES,
        NOTICES,
        '^src/(permissions|config)\\.ts$',
        '^libs/(kernel|client|projections|log-tree|transparency|compression|words)/',
      ],
    ),
    inside(
      'web-shows-what-queries-answer',
      'A page shows what a query answered, keeps it until that changes, and writes by the same acts and access checks as the API, so it can never show or do more.',
      '^src/web/',
      [
        '^src/(acts|access)/',
        COMMANDS,
        QUERIES,
        VIEWER,
        KEEPING,
        '^src/config\\.ts$',
        PURE_FORMS,
        '^libs/(kernel|client|mail|projections|markdown|compression|feeds|search|translation|words)/',
      ],
    ),
    {
      name: 'ways-in-do-not-meet',
      comment:
        'The API and the pages are two ways in, and either could be left out: what both need is an act, or stands in access.',
      severity: 'error',
      from: { path: '^src/(api|web)/', pathNot: [SPEC] },
      to: { path: '^src/(api|web)/', pathNot: ['^src/$1/'] },
    },
    {
      name: 'screens-know-the-shell-and-themselves',
      comment:
        'A screen is one folder, and can be changed by whoever has read that folder and the shell: what two screens need stands in the shell, which knows no screen.',
      severity: 'error',
      from: { path: '^src/web/([^/]+)/', pathNot: [SPEC, '^src/web/(account|thread|embed|suitcase)/'] },
      to: { path: '^src/web/[^/]+/', pathNot: ['^src/web/$1/', '^src/web/shell/'] },
    },
    {
      name: 'the-thread-decides-in-the-words-of-the-queue',
      comment:
        'As every screen, but for one thing: moderators decide in the thread itself, by the same choices and in the same words as at their queue.',
      severity: 'error',
      from: { path: '^src/web/thread/', pathNot: [SPEC] },
      to: { path: '^src/web/[^/]+/', pathNot: ['^src/web/(thread|shell|moderation/decision)/'] },
    },
    {
      name: 'the-frame-shows-the-thread',
      comment: 'As every screen, but for one thing: the frame for other sites is the thread in another document.',
      severity: 'error',
      from: { path: '^src/web/embed/', pathNot: [SPEC] },
      to: { path: '^src/web/[^/]+/', pathNot: ['^src/web/(embed|thread|shell)/'] },
    },
    {
      name: 'the-suitcase-shows-the-forum',
      comment:
        'As every screen, but for one thing: a suitcase shows what other screens show, by their own parts, and checks receipts by the same program.',
      severity: 'error',
      from: { path: '^src/web/suitcase/', pathNot: [SPEC] },
      to: {
        path: '^src/web/[^/]+/',
        pathNot: [
          '^src/web/(suitcase|shell|thread/parts|audit/receipt|audit/browser)/',
          '^src/web/posts/(post-list|archive-page)\\.tsx$',
          '^src/web/site-pages/site-text\\.tsx$',
        ],
      },
    },
    {
      name: 'signing-out-forgets-visits',
      comment:
        'As every screen, but for one thing: whoever signs out leaves no trace in the browser of the threads that they read.',
      severity: 'error',
      from: { path: '^src/web/account/', pathNot: [SPEC] },
      to: { path: '^src/web/[^/]+/', pathNot: ['^src/web/(account|shell)/', '^src/web/thread/visits\\.ts$'] },
    },
    {
      name: 'browser-programs-run-in-browsers',
      comment:
        'What is sent to readers must be small and must not know the server: the client library, Preact, passkeys, and the forms of proofs; no Node, no Nest.',
      severity: 'error',
      from: { path: '^src/web/.+/browser/', pathNot: [SPEC] },
      to: {
        pathNot: [
          '^src/web/',
          '^libs/(client|kernel|search|translation|words)/',
          PURE_FORMS,
          '(^|/)node_modules/(preact|socket\\.io-client|@simplewebauthn/browser)(/|$)',
        ],
      },
    },
    inside(
      'imports-write-by-commands',
      'Imported content passes the same rules as everything else: commands in. What is there already it asks the log, through the decoders of the commands.',
      '^src/import/',
      [COMMANDS, EVENTS, TEXT_RULES, PROCESSES, READING_BACK, '^libs/'],
    ),
    inside(
      'the-demo-writes-by-commands',
      'The demo blog is written as people write, so that it shows what they can: commands alone, and the streams to see what is there already.',
      '^src/demo/',
      [COMMANDS, EVENTS, PROCESSES, READING_BACK, '^libs/(kernel|event-store|languages|nest-decider|words)/'],
    ),
    {
      name: 'the-shell-needs-no-server',
      comment:
        'A subcommand works on the log and the data folder, also beside a server that runs: it takes nothing of HTTP, sockets or pages. `serve` asks composition for these.',
      severity: 'error',
      from: { path: '^src/cli/', pathNot: [SPEC] },
      to: { path: '^src/(web|api/(http|live))/' },
    },
    {
      name: 'only-composition-knows-all',
      comment: 'Parts are put together in one place; a part that imports it would know everything.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [SPEC, '^src/(app\\.module|main|cli)\\.ts$', '^src/(composition|cli)/'],
      },
      to: { path: '^src/(app\\.module|main|cli)\\.ts$|^src/(composition|cli)/' },
    },
    {
      name: 'libs-never-import-src',
      comment: 'A library serves the forum and knows nothing of it.',
      severity: 'error',
      from: { path: '^libs/', pathNot: [SPEC] },
      to: { path: '^(src|test|scripts)/' },
    },
    {
      name: 'kernel-stands-alone',
      comment: 'Everything rests on the kernel, so it rests on nothing but words, hashes and the names of hosts.',
      severity: 'error',
      from: { path: '^libs/kernel/', pathNot: [SPEC] },
      to: { pathNot: ['^libs/(kernel|words)/', '^(node:)?(crypto|url)$'] },
    },
    {
      name: 'words-stand-alone',
      comment:
        'A list of words or a limit is stated once for the rules, the views, the pages, browsers and the programs of others, so it needs nothing that one of them lacks.',
      severity: 'error',
      from: { path: '^libs/words/', pathNot: [SPEC] },
      to: { pathNot: ['^libs/words/'] },
    },
    {
      name: 'transparency-stands-alone',
      comment:
        'Auditors check the log with it and need not trust the forum: nothing of ours, no package, nothing but Node.',
      severity: 'error',
      from: { path: '^libs/transparency/', pathNot: [SPEC] },
      to: { pathNot: ['^libs/transparency/', '^(node:)?[a-z_/]+$'] },
    },
    {
      name: 'client-runs-anywhere',
      comment: 'The typed client is given to third parties: no Node, no Nest, nothing of the server but its words.',
      severity: 'error',
      from: { path: '^libs/client/', pathNot: [SPEC] },
      to: { pathNot: ['^libs/(client|words)/', '(^|/)node_modules/socket\\.io-client/'] },
    },
    {
      name: 'libs-by-their-front-door',
      comment:
        "src uses a library by its index.ts, so that its inside can change. Side doors: what is types or words alone (port, shapes, words), which threads and browsers load without the rest, and the projector's and the index's threads' own. Browser programs load the client's parts one by one, each when it is needed.",
      severity: 'error',
      from: { path: '^src/', pathNot: [SPEC, '^src/web/.+/browser/'] },
      to: {
        path: '^libs/[^/]+/',
        pathNot: [
          '^libs/[^/]+/(index|port)\\.ts$',
          '^libs/client/((moderation|audit|translation)-)?shapes\\.ts$',
          NOTICES,
          '^libs/projections/run-projector\\.ts$',
          '^libs/event-index/run-index\\.ts$',
          '^libs/log-tree/run-tree\\.ts$',
        ],
      },
    },
    {
      name: 'sqlite-behind-its-ports',
      comment:
        'Only the log, its index, the vault, the views, their start and what is forgotten at the end touch database files; everyone else could write past them. The import of Isso reads the file of Isso.',
      severity: 'error',
      from: {
        path: '^(src|libs)/',
        pathNot: [
          SPEC,
          '^libs/(event-store|event-index|vault|projections|scratch)/',
          '^src/composition/',
          '^src/import/systems/isso\\.ts$',
        ],
      },
      to: { path: '(^|/)node_modules/better-sqlite3/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-tests-in-the-product',
      comment: 'What runs in production does not depend on specs or on what helps tests.',
      severity: 'error',
      from: { path: '^(src|libs)/', pathNot: [SPEC, '/contract/'] },
      to: { path: `${SPEC}|^test/|/contract/` },
    },
    {
      name: 'no-development-packages',
      comment: 'What the product imports must be installed where it runs, and named in package.json.',
      severity: 'error',
      from: { path: '^(src|libs)/', pathNot: [SPEC, '/contract/'] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'imports-resolve',
      comment: 'An import that leads nowhere fails at start, not before.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: '(^|/)node_modules/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
