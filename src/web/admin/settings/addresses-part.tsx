import type { DiscussionOfPage, PageMoves } from '../../../../libs/client/index.ts';
import { postHref } from '../../shell/addresses.ts';
import { TextArea } from '../../shell/fields.tsx';
import type { Translator } from '../../shell/i18n/translate.ts';
import type { PartProps } from './settings-state.ts';

const FIELDS = ['siteNames', 'pageAliases', 'pageQueries'] as const;

/** The names of other sites, where their pages have moved, and which parameters tell them apart. */
export function AddressesPart({ frame, typed, errors }: PartProps) {
  const { t } = frame.translator;
  return (
    <>
      {FIELDS.map((name) => (
        <TextArea
          key={name}
          name={name}
          label={t(`site.${name}`)}
          hint={t(`site.${name}Hint`)}
          value={typed[name] ?? ''}
          rows={3}
          required={false}
          errors={errors}
        />
      ))}
    </>
  );
}

/** What the addresses would do to the discussions, before they are saved. */
export function MovesPreview({ moves, translator }: { readonly moves: PageMoves; readonly translator: Translator }) {
  const { t } = translator;
  const { pages, moving, joining, joins } = moves;
  return (
    <section class="notice" id="moves" aria-labelledby="moves-title">
      <h3 id="moves-title">{t('site.moves')}</h3>
      <p>{t('site.moves.count', { count: moving, pages })}</p>
      <p>{joining === 0 ? t('site.moves.noJoins') : t('site.moves.joins', { count: joining })}</p>
      {joins.length > 0 && (
        <ul>
          {joins.map(({ url, shown, others }) => (
            <li key={url}>
              <span dir="ltr">{url}</span>
              <ul>
                <li>
                  {t('site.moves.shown')} <Discussion discussion={shown} translator={translator} />
                </li>
                {others.map((other) => (
                  <li key={other.slug}>
                    {t('site.moves.linked')} <Discussion discussion={other} translator={translator} />
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
      {joining > joins.length && <p>{t('site.moves.more', { count: joining - joins.length })}</p>}
    </section>
  );
}

interface DiscussionProps {
  readonly discussion: DiscussionOfPage;
  readonly translator: Translator;
}

function Discussion({ discussion, translator: { t } }: DiscussionProps) {
  return (
    <>
      <a href={postHref(discussion)} dir="auto">
        {discussion.title}
      </a>
      , {t('posts.comments', { count: discussion.commentCount })}
    </>
  );
}
