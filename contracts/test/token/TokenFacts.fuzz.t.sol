// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {TokenFacts} from "../../src/token/TokenFacts.sol";
import {Strangers} from "../support/Strangers.sol";
import {TokenFixture} from "../support/TokenFixture.sol";

/// @notice The facts take orders from their token alone, not even from those who order the token
contract TokenFactsFuzzTest is TokenFixture, Strangers {
    TokenFacts private _facts;

    function setUp() public override {
        super.setUp();
        _facts = token.facts();
    }

    function _refuses(uint256 by, bytes memory data) private {
        address caller = by % 4 == 0 ? address(this) : someone(by);
        bytes memory failure = abi.encodeWithSelector(TokenFacts.NotToken.selector, caller);
        refusedTo(caller, address(_facts), data, failure);
    }

    function testFuzz_setDocument(uint256 by, bytes32 name, string calldata uri, bytes32 hash) public {
        _refuses(by, abi.encodeCall(_facts.setDocument, (name, uri, hash)));
        equal(_facts.getAllDocuments().length, 0, "none");
        vm.prank(address(token));
        _facts.setDocument(name, uri, hash);
        (string memory kept, bytes32 keptHash, uint256 at) = _facts.getDocument(name);
        isTrue(keptHash == hash && at == block.timestamp, "kept");
        same(kept, uri);
    }

    function testFuzz_removeDocument(uint256 by, bytes32 name) public {
        vm.prank(address(token));
        _facts.setDocument(name, "uri", keccak256("document"));
        _refuses(by, abi.encodeCall(_facts.removeDocument, (name)));
        equal(_facts.getAllDocuments().length, 1, "still there");
        vm.prank(address(token));
        _facts.removeDocument(name);
        equal(_facts.getAllDocuments().length, 0, "gone");
    }
}
