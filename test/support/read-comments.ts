export interface ReadComment {
  readonly id: string;
  readonly postId: string;
  readonly body: string | null;
}

/** All comments of a post, page by page, as a reader without an account gets them. */
export async function readComments(address: string, postId: string): Promise<readonly ReadComment[]> {
  const all: ReadComment[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const response = await fetch(`${address}/api/v1/posts/${postId}/comments?limit=100${query}`);
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    const page: { items: ReadComment[]; next: string | null } = await response.json();
    all.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return all;
}
