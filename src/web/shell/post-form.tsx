import { type ComponentProps, createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** The member for whom the page around is drawn; null for a reader without an account. */
export const DrawnFor = createContext<string | null>(null);

interface PostFormProps extends Omit<ComponentProps<'form'>, 'method'> {
  /** Whose form it is where that is not the member of the page around; empty for nobody's, and null for one that does not say. */
  readonly as?: string | null | undefined;
}

/**
 * Every form that does something. It says for whom it was drawn, so that what it does is never done as whoever has signed in
 * since in the same browser.
 */
export function PostForm({ as: stated, class: style, id, children, ...attributes }: PostFormProps) {
  const around = useContext(DrawnFor);
  const as = stated === undefined ? around : stated;
  return (
    <form class={style} id={id} method="post" {...attributes}>
      {as !== null && <input type="hidden" name="as" value={as} />}
      {children}
    </form>
  );
}
