const source = document.querySelector('meta[name="govuk-frontend"]');
if (source) {
  import(source.content).then(({ initAll }) => initAll());
}
