import { h, onMounted } from 'vue';

/** The discussion of a page. Another address is another element, so that a page that changes without loading gets its own. */
export const Discussion = {
  props: { forum: String, url: String, title: String, locale: String, theme: String, sort: String, sso: String },
  setup(props) {
    onMounted(() => {
      const src = `${props.forum}/embed.js`;
      if (document.querySelector(`script[src="${src}"]`)) return;
      document.head.append(Object.assign(document.createElement('script'), { src, async: true }));
    });
    return () => {
      const { forum: _, ...attributes } = props;
      return h('colloquy-discussion', { key: props.url, ...attributes });
    };
  },
};
