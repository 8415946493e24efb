import { renderPost, renderTranslation } from './markdown.ts';

/** A text to render; that of a post has no original. */
export interface TextToRender {
  readonly source: string;
  readonly original: string | null;
}

export function renderText({ source, original }: TextToRender): string {
  return original === null ? renderPost(source) : renderTranslation(source, original);
}
