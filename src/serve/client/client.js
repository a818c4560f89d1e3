// Keeps a page of the preview up to date.
{
  const script = document.currentScript;
  const { wsgen: run, version } = script.dataset;
  const events = new EventSource(new URL("events", script.src));
  events.addEventListener("message", ({ data }) => {
    const news = JSON.parse(data);
    if (news.run !== run || news.version !== Number(version)) location.reload();
  });
}
