/**
 * For each rule of .dependency-cruiser.mjs, files that break it: the first whose name says `planted` is the offender.
 * They exist in a copy of the tree alone.
 */
export const PLANTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'no-cycles': {
    'src/domain/post/planted-one.ts': "import './planted-two.ts';\n",
    'src/domain/post/planted-two.ts': "import './planted-one.ts';\n",
  },
  'domain-is-pure': {
    'src/domain/post/planted-clock.ts': "import { randomUUID } from 'node:crypto';\nexport const id = randomUUID();\n",
  },
  'commands-load-and-append': {
    'src/commands/planted.handlers.ts':
      "import { PERMISSIONS } from '../permissions.ts';\nexport default PERMISSIONS;\n",
  },
  'views-fold-events': {
    'src/views/thread/planted.view.ts':
      "import { PostComment } from '../../domain/comment/comment.commands.ts';\nexport default PostComment;\n",
  },
  'views-ask-at-the-door': {
    'src/views/members/planted.queries.ts':
      "import { visiblePost } from '../thread/thread.reads.ts';\nexport default visiblePost;\n",
  },
  'views-read-no-log': {
    'src/views/thread/planted.queries.ts':
      "import { EVENT_STORE } from '../../../libs/event-store/index.ts';\nexport default EVENT_STORE;\n",
  },
  'projections-run-in-a-worker': {
    'src/views/planted/planted.view.ts': "import { Injectable } from '@nestjs/common';\nexport default Injectable;\n",
  },
  'acts-command-and-query': {
    'src/acts/planted.ts': "import { VAULT } from '../../libs/vault/index.ts';\nexport default VAULT;\n",
  },
  'access-knows-who-and-what-they-may': {
    'src/access/planted.ts': "import { ForumWrites } from '../acts/forum-writes.ts';\nexport default ForumWrites;\n",
  },
  'reactors-follow-and-command': {
    'src/reactors/planted.ts': "import { VAULT } from '../../libs/vault/index.ts';\nexport default VAULT;\n",
  },
  'rehearsals-ask-the-rules': {
    'src/rehearsal/planted.ts': "import { PERMISSIONS } from '../permissions.ts';\nexport default PERMISSIONS;\n",
  },
  'audit-reads': {
    'src/audit/planted.ts': "import { PERMISSIONS } from '../permissions.ts';\nexport default PERMISSIONS;\n",
  },
  'backups-are-files-and-a-log': {
    'src/keeping/backup/planted.ts':
      "import { viewDefinitions } from '../../views/definitions.ts';\nexport default viewDefinitions;\n",
  },
  'exports-are-the-log': {
    'src/keeping/export/planted.ts': "import { VAULT } from '../../../libs/vault/index.ts';\nexport default VAULT;\n",
  },
  'public-exports-are-told-the-forum': {
    'src/keeping/public-export/planted.ts':
      "import { viewDefinitions } from '../../views/definitions.ts';\nexport default viewDefinitions;\n",
  },
  'a-suitcase-holds-what-everybody-reads': {
    'src/keeping/suitcase/planted.ts': "import { VAULT } from '../../../libs/vault/index.ts';\nexport default VAULT;\n",
  },
  'verification-trusts-nothing-of-the-forum': {
    'src/keeping/verification/planted.ts': "import { codeOf } from '../backup/files.ts';\nexport default codeOf;\n",
  },
  'api-speaks-commands-and-queries': {
    'src/api/http/planted.controller.ts':
      "import * as decider from '../../domain/post/post.decider.ts';\nexport default decider;\n",
  },
  'web-shows-what-queries-answer': {
    'src/web/planted.page.ts': "import { VAULT } from '../../libs/vault/index.ts';\nexport default VAULT;\n",
  },
  'ways-in-do-not-meet': {
    'src/web/shell/planted-way.ts':
      "import { BODY_LIMIT } from '../../api/input/body-sizes.ts';\nexport default BODY_LIMIT;\n",
  },
  'screens-know-the-shell-and-themselves': {
    'src/web/shell/planted-screen.ts':
      "import { KEYS } from '../moderation/decision/actions.ts';\nexport default KEYS;\n",
  },
  'the-thread-decides-in-the-words-of-the-queue': {
    'src/web/thread/planted-queue.ts': "import { goneKey } from '../moderation/said.tsx';\nexport default goneKey;\n",
  },
  'the-frame-shows-the-thread': {
    'src/web/embed/planted-list.ts':
      "import { PostsPagesController } from '../posts/posts.controller.ts';\nexport default PostsPagesController;\n",
  },
  'the-suitcase-shows-the-forum': {
    'src/web/suitcase/planted-queue.ts': "import { goneKey } from '../moderation/said.tsx';\nexport default goneKey;\n",
  },
  'signing-out-forgets-visits': {
    'src/web/account/planted-heads.ts':
      "import { ThreadHeads } from '../thread/thread-heads.ts';\nexport default ThreadHeads;\n",
  },
  'browser-programs-run-in-browsers': {
    'src/web/thread/browser/planted.ts': "import { readFileSync } from 'node:fs';\nexport default readFileSync;\n",
  },
  'imports-write-by-commands': {
    'src/import/planted.ts': "import { PERMISSIONS } from '../permissions.ts';\nexport default PERMISSIONS;\n",
  },
  'the-demo-writes-by-commands': {
    'src/demo/planted.ts': "import { VAULT } from '../../libs/vault/index.ts';\nexport default VAULT;\n",
  },
  'the-shell-needs-no-server': {
    'src/cli/planted.ts': "import { postHref } from '../web/shell/addresses.ts';\nexport default postHref;\n",
  },
  'only-composition-knows-all': {
    'src/composition/known.ts': 'export const known = true;\n',
    'src/web/planted-shortcut.ts': "import { known } from '../composition/known.ts';\nexport default known;\n",
  },
  'libs-never-import-src': {
    'libs/kernel/planted-upwards.ts':
      "import { PERMISSIONS } from '../../src/permissions.ts';\nexport default PERMISSIONS;\n",
  },
  'kernel-stands-alone': {
    'libs/kernel/planted-lib.ts': "import { VAULT } from '../vault/index.ts';\nexport default VAULT;\n",
  },
  'words-stand-alone': {
    'libs/words/planted.ts': "import { isUuid } from '../kernel/index.ts';\nexport default isUuid;\n",
  },
  'transparency-stands-alone': {
    'libs/transparency/planted.ts': "import { isUuid } from '../kernel/index.ts';\nexport default isUuid;\n",
  },
  'client-runs-anywhere': {
    'libs/client/planted.ts': "import { readFileSync } from 'node:fs';\nexport default readFileSync;\n",
  },
  'libs-by-their-front-door': {
    'src/commands/planted-back-door.ts': "import { isUuid } from '../../libs/kernel/ids.ts';\nexport default isUuid;\n",
  },
  'sqlite-behind-its-ports': {
    'src/web/planted-database.ts': "import Database from 'better-sqlite3';\nexport default Database;\n",
  },
  'no-tests-in-the-product': {
    'libs/kernel/sample.spec.ts': 'export const sample = 1;\n',
    'src/web/planted-test.ts': "import { sample } from '../../libs/kernel/sample.spec.ts';\nexport default sample;\n",
  },
  'no-development-packages': {
    'src/web/planted-development.ts': "import { build } from 'esbuild';\nexport default build;\n",
  },
  'imports-resolve': {
    'src/web/planted-nowhere.ts': "import { nothing } from './nowhere.ts';\nexport default nothing;\n",
  },
};
