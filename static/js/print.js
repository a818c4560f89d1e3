// The page for printing: a button that prints, once every picture is there.
const button = document.querySelector(".print-button");
// Diagrams are drawn one after the other. One that has a mistake is never drawn, and a line may break meanwhile.
async function diagrams() {
  const open = () => [...document.querySelectorAll("pre.mermaid:not([hidden])")].some((source) => !source.previousElementSibling?.matches(".diagram-error"));
  for (const end = Date.now() + 60_000; open() && Date.now() < end; ) await new Promise((done) => setTimeout(done, 100));
}

button.addEventListener("click", async () => {
  button.disabled = true;
  const pictures = [...document.querySelectorAll(".print-page img")];
  for (const picture of pictures) picture.loading = "eager";
  await Promise.allSettled([...pictures.map((picture) => picture.decode()), diagrams()]);
  button.disabled = false;
  print();
});
