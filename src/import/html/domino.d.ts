declare module '@mixmark-io/domino' {
  const domino: { createDocument(html: string, force?: boolean): Document };
  // biome-ignore lint/style/noDefaultExport: the package is CommonJS, and this is how it is imported
  export default domino;
}
