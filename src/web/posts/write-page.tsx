import type { Post } from '../../../libs/client/index.ts';
import { ISSUES_PATH, WITHDRAWN_PATH, withdrawPath } from '../shell/addresses.ts';
import { Document } from '../shell/document.tsx';
import { DoneText } from '../shell/done.tsx';
import { type FieldErrors, SelectField, TextArea, TextField } from '../shell/fields.tsx';
import { FormFrame, PreviewButton } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';
import { LocaleOptions } from '../shell/language-form.tsx';
import { PostForm } from '../shell/post-form.tsx';
import { shownHtml } from '../shell/shown-html.ts';
import { TimeAgo } from '../shell/time-ago.tsx';
import type { Typed } from '../shell/typed.ts';
import { WithdrawnNotice } from '../shell/withdrawn-notice.tsx';
import { AppearanceFields, Radio } from './appearance-fields.tsx';
import { type Conflict, ConflictPart } from './conflict.tsx';
import { previewLinksPath } from './preview-pages.tsx';
import { revisionsPath } from './revisions-page.tsx';
import { writeData } from './write-data.ts';

/** Whoever kept the draft that the form shows, and when. */
export interface Kept {
  readonly by: string | null;
  readonly at: string;
}

export interface WritePageProps {
  readonly frame: Frame;
  readonly typed: Typed;
  readonly errors: FieldErrors;
  /** The text as readers would see it, when a preview was asked for. */
  readonly previewHtml: string | null;
  /** The fields hold text typed a moment ago: after a preview or a refusal. */
  readonly isTyped: boolean;
  /** The edited post; null for a new one. */
  readonly post: Post | null;
  readonly kept: Kept | null;
  readonly conflict: Conflict | null;
  /** True after the draft was kept by its button. */
  readonly isDone: boolean;
  /** The tags of other posts. */
  readonly tags: readonly string[];
}

/** Always there, since a browser with scripts fills it while one writes. */
function Preview({ frame, typed, html }: { frame: Frame; typed: Typed; html: string | null }) {
  const locale = typed['locale'] || frame.translator.locale;
  return (
    <section
      class="preview"
      id="preview"
      aria-labelledby="preview-title"
      tabIndex={html === null ? undefined : 0}
      hidden={html === null}
    >
      <h2 id="preview-title">{frame.translator.t('write.preview')}</h2>
      <div
        class="post-body text"
        lang={locale}
        dir="auto"
        dangerouslySetInnerHTML={shownHtml(html ?? '', { from: 3, translator: frame.translator })}
      />
    </section>
  );
}

type TextProps = Pick<WritePageProps, 'frame' | 'typed' | 'errors' | 'kept' | 'post'>;

function Text({ frame, typed, errors, kept, post }: TextProps) {
  const { t } = frame.translator;
  return (
    <>
      <TextField name="title" label={t('write.postTitle')} value={typed['title'] ?? ''} errors={errors} />
      <TextArea
        name="body"
        label={t('write.body')}
        hint={t('write.markdown')}
        value={typed['body'] ?? ''}
        rows={16}
        errors={errors}
      />
      <KeptLine frame={frame} kept={kept} post={post} />
      <p class="scriptless">
        <a href="/images/new" target="_blank" rel="noopener">
          {t('picture.add')}
        </a>
      </p>
    </>
  );
}

function About({ frame, typed, errors, post, tags }: WritePageProps) {
  const { translator } = frame;
  const { t } = translator;
  const kind = typed['kind'] || 'article';
  const optional = { optional: t('form.optional'), required: false, errors };
  return (
    <>
      <TextArea
        name="excerpt"
        label={t('write.excerpt')}
        hint={t('write.excerptHint')}
        value={typed['excerpt'] ?? ''}
        rows={3}
        {...optional}
      />
      <TextField
        name="tags"
        label={t('write.tags')}
        hint={t('write.tagsHint')}
        value={typed['tags'] ?? ''}
        list="known-tags"
        {...optional}
      />
      <datalist id="known-tags">
        {tags.map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
      <TextField
        name="slug"
        label={t('write.slug')}
        hint={t(post === null ? 'write.slugHint' : 'write.slugChangeHint')}
        value={typed['slug'] ?? ''}
        {...optional}
      />
      <SelectField name="locale" label={t('write.language')} errors={errors}>
        <LocaleOptions chosen={typed['locale'] || translator.locale} />
      </SelectField>
      {post === null && (
        <fieldset>
          <legend>{t('write.kind')}</legend>
          <div class="radios">
            <Radio name="kind" value="article" chosen={kind} label={t('write.article')} />
            <Radio name="kind" value="newsletter" chosen={kind} label={t('write.newsletter')} />
          </div>
          <p class="hint">{t('write.kindHint')}</p>
        </fieldset>
      )}
      {(post === null || post.status === 'scheduled') && (
        <AppearanceFields frame={frame} typed={typed} errors={errors} />
      )}
    </>
  );
}

/** Below the text, where its writer looks, on screens of every size. */
function KeptLine({ frame, kept, post }: Pick<WritePageProps, 'frame' | 'kept' | 'post'>) {
  const { translator, now } = frame;
  const { t } = translator;
  return (
    <p class="hint kept-line" role="status" data-kept-line>
      {kept !== null && (
        <>
          {t(post === null ? 'write.keptBy' : 'write.changesBy', { name: kept.by ?? t('comment.nameless') })}{' '}
          <TimeAgo at={kept.at} translator={translator} now={now} />
        </>
      )}
    </p>
  );
}

/** What a form sends besides its fields. */
function hiddenOf(typed: Typed): Readonly<Record<string, string>> {
  const named = ['id', 'over', 'revision'].map((name) => [name, typed[name] ?? ''] as const);
  return Object.fromEntries(named.filter(([, value]) => value !== '').concat(typed['over'] ? [] : [['over', '']]));
}

/** What Enter in a field of one line presses: it shows the text, and a program of the page, which shows it anyway, lets it do nothing. */
function EnterButton({ action, label }: { action: string; label: string }) {
  const isUnseen = { class: 'visually-hidden', tabIndex: -1, 'aria-hidden': true } as const;
  return (
    <button type="submit" name="do" value="enter" formAction={`${action}#preview`} formNoValidate {...isUnseen}>
      {label}
    </button>
  );
}

/** A draft is thrown away by a form of its own. */
function Drop({ frame, typed }: Pick<WritePageProps, 'frame' | 'typed'>) {
  const { t } = frame.translator;
  return (
    <PostForm class="part" action={`/write/${typed['id']}/drop`} data-gives-up>
      <input type="hidden" name="over" value={typed['over'] ?? ''} />
      <button class="button quiet" type="submit">
        {t('write.drop')}
      </button>
    </PostForm>
  );
}

/** Editors write here: Markdown with a preview beside it, kept by itself, and published now or at a time. */
export function WritePage(props: WritePageProps) {
  const { frame, typed, errors, previewHtml, isTyped, post, kept, conflict, isDone } = props;
  const { translator } = frame;
  const { t } = translator;
  const title = t(post === null ? 'write.title' : 'write.editTitle');
  const action = post === null ? '/write' : `/posts/${encodeURIComponent(post.slug)}/edit`;
  const place = post?.slug ?? (kept === null ? '' : (typed['id'] ?? ''));
  const buttons = (
    <>
      {post?.status !== 'withdrawn' && (
        <button class="button" type="submit" name="do" value="publish">
          {t(post === null ? 'write.publish' : 'form.save')}
        </button>
      )}
      <button class="button quiet" type="submit" name="do" value="draft" formNoValidate>
        {t('write.saveDraft')}
      </button>
      <PreviewButton action={action} label={t('write.preview')} />
    </>
  );
  return (
    <Document
      frame={frame}
      title={title}
      wide
      styles={['write.css']}
      scripts={['write.js']}
      data={writeData(frame, { postId: typed['id'] ?? '', isNew: post === null, isStopped: conflict !== null })}
    >
      <h1>{title}</h1>
      <p class="aside links writing-links">
        <a href="/drafts">{t('drafts.title')}</a>
        <a href={WITHDRAWN_PATH}>{t('withdrawn.title')}</a>
        {(kept !== null || (post !== null && post.status !== 'published')) && (
          <a href={previewLinksPath(typed['id'] ?? '')}>{t('preview.links')}</a>
        )}
        {post === null && <a href="/write/from-month">{t('period.title')}</a>}
        <a href={ISSUES_PATH}>{t('issues.title')}</a>
        {post !== null && <a href={revisionsPath(post)}>{t('revisions.title')}</a>}
        {post !== null && post.status !== 'withdrawn' && <a href={withdrawPath(post)}>{t('withdraw.link')}</a>}
      </p>
      {post?.status === 'withdrawn' && <WithdrawnNotice post={post} frame={frame} />}
      {isDone && <DoneText text={t('write.draftKept')} />}
      <div class="writing">
        <div>
          <FormFrame
            action={action}
            translator={translator}
            errors={errors}
            hidden={hiddenOf(typed)}
            draft={{ name: `${frame.member?.id}:${place}`, isTyped }}
            buttons={buttons}
          >
            <EnterButton action={action} label={t('write.preview')} />
            {conflict && (
              <ConflictPart
                frame={frame}
                conflict={conflict}
                title={typed['title'] ?? ''}
                locale={typed['locale'] || translator.locale}
              />
            )}
            <Text {...props} />
            <About {...props} />
          </FormFrame>
          {kept !== null && conflict === null && <Drop frame={frame} typed={typed} />}
        </div>
        <Preview frame={frame} typed={typed} html={previewHtml} />
      </div>
    </Document>
  );
}
