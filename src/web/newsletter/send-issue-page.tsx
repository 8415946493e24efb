import type { IssueProgress, Post } from '../../../libs/client/index.ts';
import { postHref } from '../shell/addresses.ts';
import { Document } from '../shell/document.tsx';
import { Cancel, FormFrame, Submit } from '../shell/form-frame.tsx';
import type { Frame } from '../shell/frame.ts';

interface SendIssuePageProps {
  readonly frame: Frame;
  readonly post: Pick<Post, 'slug' | 'title'>;
  readonly progress: IssueProgress;
}

/** Asks once more, since nothing that was sent can be taken back. */
export function SendIssuePage({ frame, post, progress }: SendIssuePageProps) {
  const { translator } = frame;
  const { t } = translator;
  const path = `${postHref(post)}/issue`;
  const title = t('issue.sure', { count: progress.readers });
  return (
    <Document frame={frame} title={title}>
      <div class="narrow">
        <h1>{title}</h1>
        <p class="post-meta">
          <a href={postHref(post)} dir="auto">
            {post.title}
          </a>
        </p>
        <FormFrame
          action={path}
          translator={translator}
          hidden={{ do: 'send' }}
          buttons={
            <>
              <Submit label={t('issue.send')} />
              <Cancel href={path} label={t('form.cancel')} />
            </>
          }
        >
          <p>{t('issue.unsent', { count: progress.readers })}</p>
        </FormFrame>
      </div>
    </Document>
  );
}
