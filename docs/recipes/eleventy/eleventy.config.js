/** The forum and the blog; everything else follows from the addresses of the pages. */
export default function (eleventy) {
  eleventy.addGlobalData('forum', process.env.FORUM ?? 'https://forum.example');
  eleventy.addGlobalData('blog', process.env.BLOG ?? 'https://blog.example');
}
