import type { DiffPart } from '../../../libs/client/index.ts';
import { Diff } from '../shell/diff.tsx';
import type { Frame } from '../shell/frame.ts';
import { TimeAgo } from '../shell/time-ago.tsx';

/** What somebody else kept, or published, while this text was written. */
export interface Conflict {
  /** Another draft, or the post as readers see it. */
  readonly with: 'draft' | 'post';
  /** Null for somebody who is gone. */
  readonly by: string | null;
  readonly at: string;
  readonly title: string;
  /** From their text to this one. */
  readonly diff: readonly DiffPart[];
}

interface ConflictProps {
  readonly frame: Frame;
  readonly conflict: Conflict;
  readonly title: string;
  readonly locale: string;
}

/** Both texts, and the ways to make one of them: the form below has the own one. */
export function ConflictPart({ frame, conflict, title, locale }: ConflictProps) {
  const { translator, now } = frame;
  const { t } = translator;
  const name = conflict.by ?? t('comment.nameless');
  return (
    <section class="notice conflict" aria-labelledby="conflict-title">
      <h2 id="conflict-title" tabIndex={-1} autofocus>
        {t('write.conflict')}
      </h2>
      <p>
        {t(conflict.with === 'post' ? 'write.conflictPost' : 'write.conflictDraft', { name })}{' '}
        <TimeAgo at={conflict.at} translator={translator} now={now} />
      </p>
      {conflict.title.trim() !== title.trim() && (
        <p>
          {t('write.conflictTitle')}{' '}
          <bdi lang={locale}>
            <Diff
              parts={[
                { kind: 'removed', text: conflict.title },
                { kind: 'added', text: title },
              ]}
              frame={frame}
            />
          </bdi>
        </p>
      )}
      <p class="hint">{t('write.conflictHow')}</p>
      <div class="diff conflict-diff" dir="auto" lang={locale}>
        <Diff parts={conflict.diff} frame={frame} />
      </div>
      <input type="hidden" name="beside" value={conflict.with} />
      <div class="buttons">
        <button class="button" type="submit" name="do" value="draft" formNoValidate>
          {t('write.keepMine')}
        </button>
        <button class="button quiet" type="submit" name="do" value="both" formNoValidate>
          {t('write.editBoth')}
        </button>
        <button class="button quiet" type="submit" name="do" value="theirs" formNoValidate data-gives-up>
          {t('write.takeTheirs')}
        </button>
      </div>
    </section>
  );
}
