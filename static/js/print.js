// The page for printing: a button that prints, once every picture is there.
const button = document.querySelector(".print-button");
button.addEventListener("click", async () => {
  button.disabled = true;
  const pictures = [...document.querySelectorAll(".print-page img")];
  for (const picture of pictures) picture.loading = "eager";
  await Promise.allSettled(pictures.map((picture) => picture.decode()));
  button.disabled = false;
  print();
});
