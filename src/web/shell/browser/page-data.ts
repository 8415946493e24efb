/**
 * Plain data that the server left in a page in a form of its own, which is not checked again; undefined without data of
 * that name.
 */
export function readData<Data>(id: string, page = document): Data | undefined {
  const text = page.getElementById(id)?.textContent;
  return text ? JSON.parse(text) : undefined;
}
