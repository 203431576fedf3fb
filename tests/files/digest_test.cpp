#include "cwtsim/files/digest.hpp"

#include "catch_compat.hpp"

TEST_CASE("the hash of a file is the one that sha256sum says") {
  // FIPS 180-4: the two examples, and nothing
  CHECK(cwtsim::files::sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(cwtsim::files::sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(cwtsim::files::sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}
