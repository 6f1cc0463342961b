// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Dust, Dusts} from "../../src/distribution/Dust.sol";
import {Test} from "../support/Vm.sol";

/// @notice Four classes' dust in one word
contract DustTest is Test {
    function _requireAt(Dust dust, uint256 place, uint256 interest, uint256 principal) private pure {
        (uint256 i, uint256 p) = dust.ofClass(place);
        equal(i, interest, "interest");
        equal(p, principal, "principal");
    }

    /// @dev Every second field at the greatest value that dust can have: none touches its neighbour.
    function test_fieldsDoNotTouch() public pure {
        uint256 most = 2 ** 31 - 1;
        Dust dust;
        for (uint256 place; place < Dusts.CLASSES; ++place) dust = dust.plus(Dusts.only(place, most, 0));
        dust = dust.plus(Dusts.only(2, most, 5));
        _requireAt(dust, 0, most, 0);
        _requireAt(dust, 1, most, 0);
        _requireAt(dust, 2, 2 * most, 5);
        _requireAt(dust, 3, most, 0);
    }

    /// @dev 10,000 grains are a cent: of 12,345 and 20,001 one and two cents are taken.
    function test_wholeCentsAreTaken() public pure {
        Dust dust = Dusts.only(1, 12_345, 20_001).plus(Dusts.only(3, 9_999, 7));
        dust = dust.less(Dusts.only(1, 1, 2), 10_000);
        _requireAt(dust, 1, 2_345, 1);
        _requireAt(dust, 3, 9_999, 7);
        _requireAt(dust, 0, 0, 0);
    }

    function testFuzz_whatIsPutIsThere(uint32 interest, uint32 principal, uint8 place) public pure {
        uint256 at = place % Dusts.CLASSES;
        Dust dust = Dusts.only(at, interest, principal);
        for (uint256 i; i < Dusts.CLASSES; ++i) {
            _requireAt(dust, i, i == at ? interest : 0, i == at ? principal : 0);
        }
    }
}
