// A ticket opened by a phone's own scanner goes on to the gate that is open in the same browser.
if (localStorage.getItem("gate")) {
  location.replace(`/gate/#t=${location.pathname.split("/").pop()}`);
}
