/**
 * Shell text as a parameter of a workflow. Argo would replace `{{…}}` in it, and hands it to a pod in an environment variable, in
 * which Kubernetes makes `$$` a `$` and replaces `$(NAME)`: text that holds any of these goes as base64.
 */
export function argoText(command: string): string {
  if (!/\{\{|\}\}|\$[$(]/.test(command)) return command;
  return `# holds what Kubernetes or Argo would replace\neval "$(printf %s ${base64(command)} | base64 -d)"`;
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
