/** A page's source as text, imported `with { loader: 'text' }`. */
declare module '*.html' {
  const text: string;
  export default text;
}
